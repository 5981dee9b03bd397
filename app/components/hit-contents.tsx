import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import type { HitDetail } from "#server/webhooks/views.ts";

const text = frWebhooks.detail;

/** The headers that tell how it came here. */
export function HitHeaders({ hit: { headers } }: { hit: HitDetail }) {
  return (
    <Card>
      <CardHeader title={text.headers} />
      <CardBody>
        {headers ? (
          <Pairs pairs={Object.entries(headers)} />
        ) : (
          <p className="text-ink-soft">{text.noHeaders}</p>
        )}
      </CardBody>
    </Card>
  );
}

/** Parameters and body as they came. Nothing of it is ever taken for markup. */
export function HitContents({ hit: { rawBody, bodyBytes } }: { hit: HitDetail }) {
  const params = [...new URLSearchParams(rawBody)];
  const kept = new TextEncoder().encode(rawBody).length;
  return (
    <>
      <Card>
        <CardHeader title={text.params} />
        <CardBody>
          {params.length === 0 ? <p className="text-ink-soft">{text.noParams}</p> : <Pairs pairs={params} />}
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title={text.raw}
          hint={bodyBytes !== null && bodyBytes > kept && text.cut(count(kept), count(bodyBytes))}
        />
        <CardBody>
          {rawBody === "" ? (
            <p className="text-ink-soft">{text.emptyBody}</p>
          ) : (
            <pre className="whitespace-pre-wrap break-all rounded-lg bg-sunken p-3 text-xs">{rawBody}</pre>
          )}
        </CardBody>
      </Card>
    </>
  );
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 text-[0.8125rem] grid-cols-[minmax(0,1fr)] sm:grid-cols-[minmax(7rem,auto)_minmax(0,1fr)]">
      {pairs.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the list never changes
        <div key={index} className="grid gap-0.5 sm:contents">
          <dt className="break-all text-ink-soft">{name}</dt>
          <dd className="min-w-0 whitespace-pre-wrap break-words [overflow-wrap:anywhere]">
            {value || fr.common.none}
          </dd>
        </div>
      ))}
    </dl>
  );
}
