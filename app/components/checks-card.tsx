import { Link } from "@remix-run/react";
import { useEffect, useState } from "react";
import { CheckBadge, DoctorSummary } from "#app/components/doctor-checks.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frDoctor } from "#app/i18n/fr/doctor.ts";
import { doctorText } from "#app/lib/doctor-text.ts";
import { paths } from "#app/lib/paths.ts";
import { trpc } from "#app/lib/trpc-client.ts";
import type { DoctorCheck } from "#server/doctor/views.ts";

const text = frDoctor;

/** The state of every check. They take seconds when something does not answer, so they come after the page. */
export function ChecksCard() {
  const [checks, setChecks] = useState<DoctorCheck[]>();
  const [failed, setFailed] = useState(false);
  // not by a fetcher, which would ask again at each piece of news
  useEffect(() => {
    const leaving = new AbortController();
    trpc.doctor.checks
      .query(undefined, { signal: leaving.signal })
      .then(setChecks)
      .catch(() => setFailed(!leaving.signal.aborted));
    return () => leaving.abort();
  }, []);
  return (
    <Card>
      <CardHeader
        title={text.title}
        hint={text.intro}
        actions={
          <Button asChild size="sm">
            <Link to={paths.doctor}>{text.open}</Link>
          </Button>
        }
      />
      <CardBody>
        {checks ? (
          <div className="grid gap-4">
            <DoctorSummary checks={checks} />
            <ul aria-label={text.title} className="grid gap-x-10 gap-y-2 sm:grid-cols-2">
              {checks.map((check) => (
                <li key={check.key} className="flex items-center justify-between gap-3">
                  {doctorText(check).title}
                  <CheckBadge state={check.state} />
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <p role="status" className="text-ink-soft">
            {failed ? text.failed : text.running}
          </p>
        )}
      </CardBody>
    </Card>
  );
}
