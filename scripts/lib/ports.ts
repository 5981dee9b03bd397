import { createServer } from "node:net";

/** `preferred` when nobody listens on it, else any free port, different from those in `taken`. */
export async function freePort(preferred: number, taken: readonly number[] = []): Promise<number> {
  if (!taken.includes(preferred) && (await canListen(preferred)) !== null) return preferred;
  const port = await canListen(0);
  if (port === null) throw new Error("Aucun port libre sur cette machine.");
  return taken.includes(port) ? freePort(0, taken) : port;
}

/** The port if it can be had on all addresses, as the web server takes it. */
function canListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}
