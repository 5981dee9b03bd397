import type { FormReader } from "#app/lib/form-reader.ts";

/** The fields of components/contact-form.tsx as the procedures take them. */
export function contactInput(form: FormReader) {
  return {
    number: form.text("number"),
    country: form.text("country"),
    firstName: form.text("firstName"),
    lastName: form.text("lastName"),
    categoryIds: form.ids("categoryIds"),
  };
}
