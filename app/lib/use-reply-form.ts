import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { FormProblem } from "#app/lib/form-state.ts";

/**
 * A form that stays where it is: what it was refused for, and `onSent` once it was accepted. Its key changes only then, so
 * that sending again what got lost on the way is the same reply.
 */
export function useReplyForm(newestKey: string, problem: FormProblem | undefined, onSent: () => void) {
  const fetcher = useFetcher<FormProblem>();
  const [key, setKey] = useState(newestKey);
  const sent = useRef(onSent);
  sent.current = onSent;
  const accepted = useRef(false);

  useEffect(() => {
    // an accepted action redirects and leaves no data
    if (fetcher.state === "loading" && !fetcher.data && !accepted.current) {
      accepted.current = true;
      sent.current();
    }
    if (fetcher.state === "idle" && accepted.current) {
      accepted.current = false;
      setKey(newestKey);
    }
  }, [fetcher.state, fetcher.data, newestKey]);

  const pending = fetcher.state !== "idle";
  return { Form: fetcher.Form, key, pending, problem: pending ? undefined : (fetcher.data ?? problem) };
}
