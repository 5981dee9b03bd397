import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon } from "lucide-react";
import { Badge, type Tone } from "#app/components/ui/badge.tsx";
import { frDoctor } from "#app/i18n/fr/doctor.ts";
import { doctorText } from "#app/lib/doctor-text.ts";
import type { CheckState, DoctorCheck } from "#server/doctor/views.ts";

const text = frDoctor;

const looks: Record<CheckState, { tone: Tone; icon: LucideIcon }> = {
  green: { tone: "accent", icon: CircleCheck },
  red: { tone: "danger", icon: CircleAlert },
  unknown: { tone: "warning", icon: CircleHelp },
};

/** Each check with its state, what was found and what to do about it. */
export function DoctorChecks({ checks }: { checks: readonly DoctorCheck[] }) {
  return (
    <ul aria-label={text.title} className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line">
      {checks.map((check) => (
        <CheckItem key={check.key} check={check} />
      ))}
    </ul>
  );
}

function CheckItem({ check }: { check: DoctorCheck }) {
  const { title, said, cure } = doctorText(check);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1.5 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium">{title}</h3>
        <CheckBadge state={check.state} />
      </div>
      <p className="whitespace-pre-line break-words text-ink-soft">{said}</p>
      {cure && (
        <p className="break-words rounded-lg bg-sunken px-3 py-2 text-[0.8125rem]">
          <span className="font-medium">{text.cure}</span> : {cure}
        </p>
      )}
    </li>
  );
}

export function CheckBadge({ state }: { state: CheckState }) {
  return <Badge {...looks[state]}>{text.states[state]}</Badge>;
}

/** The whole in a sentence. */
export function DoctorSummary({ checks }: { checks: readonly DoctorCheck[] }) {
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
  const [red, unknown] = [count("red"), count("unknown")];
  const parts = [
    ...(red > 0 ? [text.summary.red(red)] : []),
    ...(unknown > 0 ? [text.summary.unknown(unknown)] : []),
  ];
  return <p role="status">{parts.length > 0 ? parts.join(", ") : text.summary.green}</p>;
}
