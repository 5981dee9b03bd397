// How a recipient joins the Twilio sandbox.

/** The wa.me link that opens WhatsApp with "join <code>" written, or null while no code is configured. */
export function joinUrl(sandboxNumber: string, joinCode: string | null): string | null {
  if (!joinCode) return null;
  return `https://wa.me/${sandboxNumber.replace("+", "")}?text=${encodeURIComponent(`join ${joinCode}`)}`;
}
