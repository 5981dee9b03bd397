import { useLocation, useNavigationType, useSearchParams } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * A field that shows what the address says of `name`, and never loses the focus to it. The form above a list replaces the
 * address by what its fields hold, and whoever is in one of them is further than the answer; a link and the back button
 * say something new.
 */
export function useAddressField<Field extends HTMLInputElement | HTMLSelectElement>(name: string) {
  const [params] = useSearchParams();
  const { key } = useLocation();
  const replaced = useNavigationType() === "REPLACE";
  const field = useRef<Field>(null);
  const shown = useRef(key);
  const value = params.get(name) ?? "";

  useEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    if (field.current && !replaced) field.current.value = value;
  }, [key, replaced, value]);

  return { ref: field, name, defaultValue: value };
}
