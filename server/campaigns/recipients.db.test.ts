// The SQL a launch decides by says what the pure rule says.
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { membershipState } from "#server/campaigns/recipients.ts";
import { sandboxMembership } from "#server/domain/sandbox-membership.ts";

const { db } = await testDatabase();

/** Around the bounds of 72 and 12 hours, seen from now. */
const ago = fc.option(
  fc
    .oneof(fc.integer({ min: 0, max: 200 }), fc.constantFrom(59, 60, 61, 71, 72, 73))
    .map((hours) => hours + 0.5),
  { nil: null },
);

test("[EX-7.4] the sandbox state in SQL is the one of the rule", async () => {
  await fc.assert(
    fc.asyncProperty(ago, ago, ago, async (joined, left, inbound) => {
      const time = (hours: number | null) =>
        sql`statement_timestamp() - ${hours}::float8 * interval '1 hour'`;
      const [row] = await queryRows<{ state: string; now: number }>(
        db,
        sql`
        select ${membershipState(72)} as state, (extract(epoch from statement_timestamp()) * 1000)::float8 as now
        from (select ${time(joined)} as sandbox_joined_at, ${time(left)} as sandbox_left_at,
          ${time(inbound)} as last_inbound_at) c`,
      );
      const now = new Date(row?.now as number);
      const date = (hours: number | null) =>
        hours === null ? null : new Date(now.getTime() - hours * 3_600_000);
      const facts = {
        sandboxJoinedAt: date(joined),
        sandboxLeftAt: date(left),
        lastInboundAt: date(inbound),
      };
      expect(row?.state).toBe(sandboxMembership(facts, now, 72).state);
    }),
    { numRuns: 300 },
  );
});
