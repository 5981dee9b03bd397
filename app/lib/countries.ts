// The list a number's country is chosen from, made once.
import { listCountries } from "#server/domain/countries.ts";

export const countries = listCountries();
