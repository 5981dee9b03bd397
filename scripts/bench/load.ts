// HTTP load from this process: keep-alive connections, each with one request at a time.
import http from "node:http";

export type LoadRequest = { path: string; headers: Record<string, string>; body: string };
export type LoadResult = {
  /** requests per second from the first to the last answer */
  rate: number;
  /** of each request, in milliseconds */
  latencies: number[];
};

/** Sends every request once over `connections`; throws when one is not answered with 200. */
export async function load(
  origin: string,
  requests: readonly LoadRequest[],
  connections: number,
): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  const connection = async () => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const start = performance.now();
      const status = await post(origin, request, agent);
      if (status !== 200) throw new Error(`${request.path}: answered with ${status}`);
      latencies.push(performance.now() - start);
    }
  };
  const start = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, connection));
  } finally {
    agent.destroy();
  }
  return { rate: (requests.length * 1000) / (performance.now() - start), latencies };
}

function post(origin: string, { path, headers, body }: LoadRequest, agent: http.Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(origin + path, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    request.once("error", reject);
    request.end(body);
  });
}
