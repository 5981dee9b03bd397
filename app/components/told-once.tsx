import { CopyButton } from "#app/components/copy-button.tsx";
import { fr } from "#app/i18n/fr.ts";

/** A secret that is shown this once, to be copied. */
export function ToldOnce({ label, secret }: { label: string; secret: string }) {
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-xl bg-sunken px-4 py-3">
      <output aria-label={label} className="min-w-0 flex-1 basis-40 break-all font-semibold tabular-nums">
        {secret}
      </output>
      <CopyButton text={secret} label={fr.common.copy} showLabel />
    </div>
  );
}
