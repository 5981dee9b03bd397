import { createServer } from "node:net";

/** `preferred` when nobody listens on it (0: any), else any free port; never one of `taken`. */
export async function freePort(preferred: number, taken: readonly number[] = []): Promise<number> {
  const port = await canListen(preferred);
  if (port !== null && !taken.includes(port)) return port;
  if (port === null && preferred === 0) throw new Error("Aucun port libre sur cette machine.");
  return freePort(0, taken);
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
