import { type ReactNode, useEffect, useState } from "react";

type DisclosureProps = {
  summary: ReactNode;
  opened: boolean;
  className?: string;
  summaryClassName?: string;
  children: ReactNode;
};

/** Opened by a press, or by what became of the form inside; news that takes the answer away leaves it as it is. */
export function Disclosure({ summary, opened, className, summaryClassName, children }: DisclosureProps) {
  const [open, setOpen] = useState(opened);
  useEffect(() => {
    if (opened) setOpen(true);
  }, [opened]);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className={className}>
      <summary className={summaryClassName}>{summary}</summary>
      {children}
    </details>
  );
}
