// A CSV file as an answer, batch after batch: as fast as the database gives and the client takes, never all in memory.
import { createFormat } from "#app/i18n/format.ts";
import type { RouteArgs } from "#app/lib/trpc.server.ts";
import { byteOrderMark, type CsvDelimiter, csvLine } from "#server/domain/csv.ts";

type Cells = readonly (string | number | null)[];

type CsvFile<Row> = {
  /** of the file, without its date and ending */
  name: string;
  header: Cells;
  /** the batch after the row with this id; 0: the first */
  read: (after: number) => Promise<{ rows: readonly Row[]; next: number | null }>;
  cells: (row: Row, time: (at: Date | null) => string) => Cells;
};

/**
 * Answers with the file; what `read` refuses at its first batch is the answer instead. `?separateur=virgule` in the address
 * asks for commas. A client that leaves, or a batch that fails, ends the file without its proper end.
 */
export async function csvResponse<Row>(args: RouteArgs, file: CsvFile<Row>): Promise<Response> {
  const first = await file.read(0);
  const { drained, services } = args.context;
  const { searchParams } = new URL(args.request.url);
  const delimiter: CsvDelimiter = searchParams.get("separateur") === "virgule" ? "," : ";";
  const format = createFormat(services.env.tzDisplay);
  const time = (at: Date | null) => (at ? format.numeric(at) : "");

  async function* chunks() {
    yield byteOrderMark + csvLine(file.header, delimiter);
    for (let batch = first; ; batch = await file.read(batch.next)) {
      yield batch.rows.map((row) => csvLine(file.cells(row, time), delimiter)).join("");
      if (batch.next === null || !(await drained())) return;
    }
  }

  return new Response(streamOf(chunks()), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${file.name}-${format.isoDate(new Date())}.csv"`,
      "cache-control": "no-store",
    },
  });
}

function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
