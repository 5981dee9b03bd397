import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";

type CopyButtonProps = { text: string; label: string; showLabel?: boolean };

export function CopyButton({ text, label, showLabel }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const Icon = copied ? Check : Copy;
  return (
    <Button
      variant={showLabel ? "secondary" : "ghost"}
      size={showLabel ? "sm" : "iconSmall"}
      aria-label={showLabel ? undefined : label}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <Icon aria-hidden className={copied ? "text-accent" : undefined} />
      {showLabel && label}
      <span aria-live="polite" className="sr-only">
        {copied && fr.common.copied}
      </span>
    </Button>
  );
}
