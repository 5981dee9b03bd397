import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useNavigation } from "@remix-run/react";
import { RefreshCw } from "lucide-react";
import { DoctorChecks, DoctorSummary } from "#app/components/doctor-checks.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frDoctor } from "#app/i18n/fr/doctor.ts";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const text = frDoctor;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  return { checks: await (await callerFor(args)).doctor.checks() };
}

/** Nothing a person does elsewhere changes it: it is asked when it is opened, and again by its button. */
export default function Checks() {
  const { checks } = useLoaderData<typeof loader>();
  const pending = useNavigation().state === "loading";
  return (
    <>
      <PageHeader
        title={text.title}
        parent={{ label: fr.sandboxPage.title, to: paths.sandbox() }}
        meta={
          <>
            <p>{text.intro}</p>
            <DoctorSummary checks={checks} />
          </>
        }
        actions={
          <Button asChild>
            <Link to={paths.doctor} preventScrollReset aria-disabled={pending || undefined}>
              <RefreshCw aria-hidden className={cn(pending && "animate-spin")} />
              {text.again}
            </Link>
          </Button>
        }
      />
      <Card>
        <CardBody>
          <DoctorChecks checks={checks} />
        </CardBody>
      </Card>
    </>
  );
}
