import { ExternalLink } from "lucide-react";
import { CopyButton } from "#app/components/copy-button.tsx";
import { QrCode } from "#app/components/qr-code.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";

export type SandboxInfo = {
  number: string;
  numberText: string;
  joinCode: string | null;
  joinUrl: string | null;
  intervalMs: number;
  membershipHours: number;
  windowHours: number;
};

/** How a phone joins the sandbox: number, code, link and QR code (criteria 9.2 and 9.4). */
export function JoinInstructions({ sandbox }: { sandbox: SandboxInfo }) {
  const text = fr.sandbox.steps;
  const number = sandbox.numberText;
  const message = sandbox.joinCode === null ? null : fr.sandbox.joinMessage(sandbox.joinCode);
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-4 text-ink">
      {sandbox.joinUrl && (
        <QrCode
          text={sandbox.joinUrl}
          label={text.qrLabel}
          className="size-32 shrink-0 rounded-lg border border-line"
        />
      )}
      <div className="grid min-w-0 flex-1 basis-72 content-start gap-3">
        <ol className="grid list-decimal gap-1.5 pl-5 marker:text-ink-soft">
          {sandbox.joinUrl && <li>{text.scan}</li>}
          <li>
            {text.orSend}{" "}
            <code className="whitespace-nowrap rounded bg-sunken px-1.5 py-0.5 font-medium font-sans">
              {message ?? fr.sandbox.joinCodeUnset}
            </code>{" "}
            {text.to} <span className="whitespace-nowrap font-medium tabular-nums">{number}</span>.
          </li>
          <li>{text.confirm}</li>
        </ol>
        {sandbox.joinUrl && (
          <div className="flex flex-wrap gap-2">
            <Button asChild size="sm">
              <a href={sandbox.joinUrl} target="_blank" rel="noreferrer">
                <ExternalLink aria-hidden />
                {text.open}
              </a>
            </Button>
            <CopyButton text={sandbox.joinUrl} label={text.copyLink} showLabel />
          </div>
        )}
      </div>
    </div>
  );
}
