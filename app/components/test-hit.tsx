import { Form, Link, useNavigation } from "@remix-run/react";
import { FlaskConical, TriangleAlert } from "lucide-react";
import { Banner } from "#app/components/ui/banner.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { paths } from "#app/lib/paths.ts";
import type { TestHitResult } from "#server/webhooks/views.ts";

const text = frWebhooks.test;

/** A signed hit of our own through the public address. */
export function TestHitButton() {
  const pending = useNavigation().formMethod === "POST";
  return (
    <Form method="post" action={`${paths.hits()}?index`} preventScrollReset>
      <input type="hidden" name="intent" value="test" />
      <SubmitButton pending={pending} variant="secondary" title={text.hint}>
        {!pending && <FlaskConical aria-hidden />}
        {text.action}
      </SubmitButton>
    </Form>
  );
}

/** Why it did not come back. */
export function TestHitProblem({ result }: { result: TestHitResult }) {
  const { problem, url, reason, httpStatus, eventId } = result;
  if (!problem) return null;
  const facts = [httpStatus, reason].filter((fact) => fact !== null).join(", ");
  return (
    <Banner
      tone="danger"
      role="alert"
      icon={TriangleAlert}
      title={text.failedTitle}
      actions={
        <Button asChild>
          {eventId === null ? (
            <Link to={paths.doctor}>{frWebhooks.checks}</Link>
          ) : (
            <Link to={paths.hit(eventId)}>{text.open}</Link>
          )}
        </Button>
      }
    >
      <p>{text.problems[problem]}</p>
      <p>
        <code className="break-all text-xs">{url}</code> {facts && `(${facts})`}
      </p>
    </Banner>
  );
}
