// The webhook of the provider before Twilio is gone for good (criterion 8.5).
export const loader = () => gone();
export const action = () => gone();

function gone(): Response {
  return new Response(null, { status: 410 });
}
