import { Link } from "@remix-run/react";
import { Check } from "lucide-react";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";

const text = fr.dashboard.start;

type FirstStepsProps = { hasContacts: boolean; hasCampaigns: boolean };

/** What to do before there is anything to show, the next step with its button. */
export function FirstSteps({ hasContacts, hasCampaigns }: FirstStepsProps) {
  const steps = [
    { ...text.steps.contacts, done: hasContacts, to: paths.newContact },
    { ...text.steps.campaign, done: hasCampaigns, to: paths.newCampaign },
    { ...text.steps.launch, done: false, to: paths.campaigns },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <Card aria-label={text.title}>
      <CardHeader title={text.title} hint={text.text} />
      <ol className="grid px-4 py-3 sm:px-6">
        {steps.map(({ title, text: what, action, done, to }, index) => (
          <li
            key={title}
            aria-current={index === next ? "step" : undefined}
            className="flex flex-wrap items-center gap-x-4 gap-y-3 border-line py-4 not-last:border-b"
          >
            <span
              aria-hidden
              className={cn(
                "grid size-9 shrink-0 place-items-center rounded-full font-semibold tabular-nums",
                done ? "bg-accent text-on-accent" : "bg-sunken text-ink-soft",
                index === next && "bg-accent-soft text-accent-ink",
              )}
            >
              {done ? <Check className="size-5" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1 basis-48">
              <p className="font-medium">
                {title}
                {done && <span className="sr-only"> ({text.done})</span>}
              </p>
              <p className="text-ink-soft">{what}</p>
            </div>
            {index === next && (
              <Button asChild variant="primary">
                <Link to={to}>{action}</Link>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
