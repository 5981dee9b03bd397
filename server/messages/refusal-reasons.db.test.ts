import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { claimRefusals } from "#server/domain/failures.ts";

const { db } = await testDatabase();

test("the reasons for which a claim refuses a message are those the dashboard has texts for", async () => {
  const [claim] = await queryRows<{ source: string }>(
    db,
    sql`select prosrc as source from pg_proc where oid = 'relance.claim_message'::regproc`,
  );
  const refused = /refusal := CASE([\s\S]*?)END;/.exec(claim?.source ?? "")?.[1] ?? "";
  const reasons = [...refused.matchAll(/THEN '(\w+)'/g)].map(([, reason]) => reason);
  expect(reasons.sort()).toEqual([...claimRefusals].sort());
});
