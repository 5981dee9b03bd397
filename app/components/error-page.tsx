import { isRouteErrorResponse, Link, useLocation, useRouteError } from "@remix-run/react";
import { CloudOff, Compass, DatabaseZap, type LucideIcon, ShieldX, TriangleAlert } from "lucide-react";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import { useReloadWhenReady } from "#app/lib/server-ready.ts";

type Failure = {
  icon: LucideIcon;
  title: string;
  text: string;
  retry?: true;
  /** over as soon as the server answers again: the page then comes back by itself */
  passing?: true;
};

const byStatus: Record<number, Failure> = {
  400: { icon: TriangleAlert, ...fr.failures.badRequest },
  403: { icon: ShieldX, ...fr.failures.forbidden },
  404: { icon: Compass, ...fr.failures.notFound },
  429: { icon: TriangleAlert, ...fr.failures.tooMany, retry: true },
  503: { icon: DatabaseZap, ...fr.failures.unavailable, retry: true, passing: true },
};

/** What is shown instead of a page that could not be: what happened, and a way on. */
export function ErrorPage() {
  const error = useRouteError();
  const { icon: Icon, title, text, retry, passing = false } = failureOf(error);
  const { pathname, search } = useLocation();
  useReloadWhenReady(passing);
  return (
    <div className="grid min-h-[60vh] place-items-center px-6 py-16">
      <div role="alert" className="grid max-w-md justify-items-center gap-6 text-center">
        <span className="grid size-16 place-items-center rounded-2xl rounded-bl-md bg-accent-soft text-accent-ink">
          <Icon aria-hidden className="size-7" />
        </span>
        <div className="grid gap-2">
          <h1 className="font-semibold text-xl">{title}</h1>
          <p className="text-ink-soft">{text}</p>
        </div>
        <div className="flex flex-wrap justify-center gap-2">
          {retry && (
            <Button asChild variant="primary">
              <Link to={pathname + search} reloadDocument>
                {fr.failures.retry}
              </Link>
            </Button>
          )}
          <Button asChild variant={retry ? "secondary" : "primary"}>
            <Link to={paths.dashboard()} reloadDocument>
              {fr.failures.back}
            </Link>
          </Button>
        </div>
      </div>
    </div>
  );
}

/** For the tab of the browser. */
export function errorTitle(error: unknown): string {
  return fr.common.title(failureOf(error).title);
}

function failureOf(error: unknown): Failure {
  if (isRouteErrorResponse(error)) {
    return byStatus[error.status] ?? { icon: TriangleAlert, ...fr.failures.unexpected, retry: true };
  }
  // a browser that cannot reach the server at all
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return { icon: CloudOff, ...fr.failures.offline, retry: true, passing: true };
  }
  return { icon: TriangleAlert, ...fr.failures.unexpected, retry: true };
}
