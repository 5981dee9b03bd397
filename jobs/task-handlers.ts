// A handler per task of the catalogue; a task without one does not compile.

import { archiveAudit } from "#server/audit/archive-audit.ts";
import type { Env } from "#server/env.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { forgetImport } from "#server/imports/forget-imports.ts";
import { runImport } from "#server/imports/run-import.ts";
import { checkMessages } from "#server/messages/check-messages.ts";
import { drainSender, type SendingContext } from "#server/messages/drain-sender.ts";
import { eraseDeleted } from "#server/privacy/erase-deleted.ts";
import { retentionTurn } from "#server/privacy/retention-turn.ts";
import type { TaskName, TaskPayload } from "#server/queue/catalogue.ts";
import { takeTurn } from "#server/queue/turns.ts";
import { probeSender } from "#server/senders/probe-sender.ts";
import { rollUpActivity } from "#server/stats/roll-up-activity.ts";
import { GatewayError } from "#server/twilio/gateway.ts";
import { applyPendingEvents } from "#server/webhooks/apply-event.ts";
import { purgeHits, purgeTurn } from "#server/webhooks/purge-hits.ts";
import { reconcileInbound, takeInboundTurn } from "#server/webhooks/reconcile-inbound.ts";
import { inboundEverySeconds } from "#server/workers/sweep.ts";

export type WorkerContext = SendingContext & { env: Env };

type TaskHandlers = {
  [Name in TaskName]: (context: WorkerContext, payload: TaskPayload<Name>) => Promise<void>;
};

export const taskHandlers: TaskHandlers = {
  drain_sender: (context, { senderId }) => drainSender(context, senderId),
  check_messages: async (context) => {
    await checkMessages(context);
  },
  apply_webhook_events: async (context) => {
    await applyPendingEvents(context);
  },
  purge_webhook_events: async ({ db, env, log, stopping }) => {
    if (!(await takeTurn(db, purgeTurn))) return;
    const purged = await purgeHits(db, { keptDays: env.webhooksKeptDays, stopping });
    if (purged > 0) log.info({ purged }, "webhook events purged");
  },
  apply_retention: async ({ db, env, log, stopping }) => {
    if (!(await takeTurn(db, retentionTurn))) return;
    const erased = await eraseDeleted(db, { env, stopping });
    if (erased > 0) log.info({ erased }, "contacts deleted long ago erased");
    for (const { file, lines } of await archiveAudit(db, { env, stopping })) {
      log.info({ file, lines }, "audit log archived");
    }
  },
  probe_sender: async (context, { senderId }) => {
    await probeSender(context, senderId);
  },
  roll_up_activity: async ({ db, env, stopping }) => {
    while (!stopping.aborted && (await rollUpActivity(db, { timeZone: env.tzDisplay })));
  },
  check_import: ({ db }, { importId }) => checkImport(db, importId),
  run_import: ({ db, env }, { importId }) => runImport(db, importId, env),
  forget_imports: async ({ db, stopping }) => {
    while (!stopping.aborted && (await forgetImport(db)));
  },
  reconcile_inbound: async (context, { senderId }) => {
    if (!(await takeInboundTurn(context.db, senderId, inboundEverySeconds))) return;
    try {
      const found = await reconcileInbound(context, senderId);
      if (found > 0) context.log.warn({ senderId, found }, "inbound messages found whose webhook never came");
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      context.log.warn({ senderId, reason: error.message }, "Twilio could not be asked for inbound messages");
    }
  },
};
