import { CopyButton } from "#app/components/copy-button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";

const text = fr.sandboxPage.console;

/** What to paste into the sandbox settings of the Twilio console. */
export function ConsoleCard({ settings }: { settings: { inboundUrl: string; statusUrl: string } }) {
  return (
    <Card>
      <CardHeader title={text.title} hint={text.hint} />
      <CardBody>
        <dl className="grid gap-4">
          <Setting name="When a message comes in" value={settings.inboundUrl} hint={text.inbound} />
          <Setting name="Status callback URL" value={settings.statusUrl} hint={text.status} />
        </dl>
      </CardBody>
    </Card>
  );
}

/** Its name is Twilio's, in English as the console shows it. */
function Setting({ name, value, hint }: { name: string; value: string; hint: string }) {
  return (
    <div className="grid gap-1">
      <dt lang="en" className="font-medium">
        {name}
      </dt>
      <dd className="grid gap-1">
        <span className="flex items-center gap-2">
          <code className="min-w-0 flex-1 rounded-lg bg-sunken px-3 py-2 text-[0.8125rem] [overflow-wrap:anywhere]">
            {value}
          </code>
          <code className="shrink-0 rounded-lg bg-sunken px-3 py-2 text-[0.8125rem]">HTTP POST</code>
          <CopyButton text={value} label={text.copy(name)} />
        </span>
        <span className="text-ink-soft">{hint}</span>
      </dd>
    </div>
  );
}
