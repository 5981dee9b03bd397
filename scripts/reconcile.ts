// `npm run reconcile`: asks Twilio, now, about every message of unknown fate, every one without final news, and for the
// inbound messages whose webhook never came. Exit code 1 when Twilio did not answer or something could not be applied.

import { frReconcile } from "#app/i18n/fr/reconcile.ts";
import { fr } from "#app/i18n/fr.ts";
import { connect, type Database } from "#db/client.ts";
import { senders } from "#db/schema/senders.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import { maskPhone } from "#server/domain/phone.ts";
import { loadEnvOrExit } from "#server/env.ts";
import { createLog } from "#server/log.ts";
import { withoutNumbers } from "#server/log-error.ts";
import { type MessageChange, reconcileMessages } from "#server/messages/reconcile-messages.ts";
import { GatewayError } from "#server/twilio/gateway.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";
import { type InboundFound, reportInbound, takeInboundTurn } from "#server/webhooks/reconcile-inbound.ts";

const text = frReconcile;

const env = loadEnvOrExit({ for: "worker" });
const log = createLog({
  process: "reconcile",
  production: env.production,
  write: (line) => process.stderr.write(line),
});
const { db, close } = connect(env.databaseDirectUrl, { max: 2, applicationName: "relance-reconcile" });
let lines = 0;
let unapplied = 0;
try {
  console.log(text.start);
  const context = { db, env, log, gateway: createTwilioGateway(env) };
  const { asked, failed, uncertain, undecided } = await reconcileMessages(context, (change) =>
    tell(lineOf(change)),
  );
  for (const senderId of await senderIds(db)) {
    // the worker's next look of its own may wait
    await takeInboundTurn(db, senderId, 0);
    for (const found of await reportInbound(context, senderId)) {
      tell(lineOfInbound(found));
      if (found.result === null) unapplied += 1;
    }
  }
  console.log(text.asked(asked));
  console.log(lines === 0 ? text.nothing : text.changed(lines));
  if (uncertain > undecided) console.log(text.uncertain(uncertain - undecided));
  if (undecided > 0) console.log(text.undecided(undecided));
  if (failed > 0) console.error(text.failed(failed));
  process.exitCode = failed + unapplied > 0 ? 1 : 0;
} catch (error) {
  const { cause, message } = error as Error;
  const reason = withoutNumbers((cause as Error)?.message ?? message);
  console.error(error instanceof GatewayError ? text.twilio(reason) : text.broken(reason));
  process.exitCode = 1;
} finally {
  await close();
}

function tell(line: string): void {
  lines += 1;
  console.log(`  ${line}`);
}

function lineOf({ messageId, toAddress, from, to, cause, code }: MessageChange): string {
  const read = cause === "deliver" && to === "read";
  const why = [text.why[read ? "read" : cause] ?? cause, ...(code === null ? [] : [text.code(code)])].join(
    ", ",
  );
  return text.message(messageId, maskPhone(toAddress ?? ""), statusWord(from), statusWord(to), why);
}

function lineOfInbound({ from, result }: InboundFound): string {
  const outcome = result === null ? text.notApplied : (text.results[result] ?? text.recorded);
  return text.inbound(maskPhone(from ?? ""), outcome);
}

function statusWord(status: string): string {
  const known = messageStatuses.find((one) => one === status);
  return known ? fr.messages.statuses[known] : status;
}

async function senderIds(database: Database): Promise<number[]> {
  const found = await database.select({ id: senders.id }).from(senders).orderBy(senders.id);
  return found.map(({ id }) => id);
}
