/** An address that, where it does not fit, is broken before its @. */
export function Email({ children }: { children: string }) {
  const [local, domain] = children.split("@");
  return (
    <span className="[overflow-wrap:anywhere]">
      {local}
      <span className="inline-block max-w-full">@{domain}</span>
    </span>
  );
}
