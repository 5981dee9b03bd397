// The countries a number can be entered for, with their dialling codes, as the list "+33 France" shows them.
import { getCountries, getCountryCallingCode } from "libphonenumber-js/min";

export type Country = {
  /** ISO 3166, what forms send */
  code: string;
  /** `+33` */
  dialCode: string;
  /** in French */
  name: string;
};

/** Every country libphonenumber knows, France first, the others by their French name. */
export function listCountries(): Country[] {
  const names = new Intl.DisplayNames("fr", { type: "region" });
  const countries = getCountries().map((code) => ({
    code: code as string,
    dialCode: `+${getCountryCallingCode(code)}`,
    name: names.of(code) ?? code,
  }));
  const byName = new Intl.Collator("fr");
  return countries.sort(
    (a, b) => Number(b.code === "FR") - Number(a.code === "FR") || byName.compare(a.name, b.name),
  );
}
