import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ChevronLeft, Printer } from "lucide-react";
import { QrCode } from "#app/components/qr-code.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor, requireUser } from "#app/lib/trpc.server.ts";

const text = fr.sandboxPage.poster;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args);
  return { sandbox: await (await callerFor(args)).sandbox.info() };
}

/** A sheet to hang up: black on white whatever the theme, one page of A4. */
export default function SandboxPoster() {
  const { sandbox } = useLoaderData<typeof loader>();
  const { joinUrl, joinCode, numberText } = sandbox;
  return (
    <div className="min-h-dvh bg-white text-black">
      <div className="flex items-center justify-between gap-4 bg-page px-4 py-3 text-ink print:hidden">
        <Link to={paths.sandbox()} className="flex items-center gap-0.5 rounded text-ink-soft hover:text-ink">
          <ChevronLeft aria-hidden className="size-4" />
          {text.back}
        </Link>
        {joinUrl && (
          <Button variant="primary" onClick={() => window.print()}>
            <Printer aria-hidden />
            {text.print}
          </Button>
        )}
      </div>
      <main className="mx-auto grid max-w-2xl justify-items-center gap-8 px-6 py-12 text-center">
        {joinUrl && joinCode ? (
          <>
            <h1 className="text-balance font-semibold text-4xl leading-tight">{text.heading}</h1>
            <QrCode text={joinUrl} label={fr.sandbox.steps.qrLabel} className="w-full max-w-80" />
            <div className="grid gap-2 text-xl">
              <p>{text.scan}</p>
              <p>{text.send}</p>
            </div>
            <div className="grid gap-1 border-neutral-400 border-t pt-6 text-lg">
              <h2 className="font-semibold">{text.without}</h2>
              <p>{text.byHand(fr.sandbox.joinMessage(joinCode), numberText)}</p>
            </div>
            <p>{text.leave}</p>
          </>
        ) : (
          <p>{text.noCode}</p>
        )}
      </main>
    </div>
  );
}
