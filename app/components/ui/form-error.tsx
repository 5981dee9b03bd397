import { CircleAlert } from "lucide-react";
import { fr } from "#app/i18n/fr.ts";
import type { FormProblem } from "#app/lib/form-state.ts";

/** What a form as a whole was refused for, read out at once; with only field errors, how many there are. */
export function FormError({ problem }: { problem: FormProblem | undefined }) {
  const fields = Object.keys(problem?.fieldErrors ?? {}).length;
  const text = problem?.formError ?? (fields > 0 ? fr.common.formInvalid(fields) : null);
  return (
    <div role="alert" className="empty:hidden">
      {text && (
        <p className="flex gap-2 rounded-lg bg-danger-soft px-3 py-2 text-danger-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {text}
        </p>
      )}
    </div>
  );
}
