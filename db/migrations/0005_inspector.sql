-- What the inspector of webhooks shows of each hit, and how it finds the few that matter among millions.
ALTER TABLE "webhook_events" ADD COLUMN IF NOT EXISTS "match" jsonb;
--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN IF NOT EXISTS "method" text DEFAULT 'POST' NOT NULL;
--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN IF NOT EXISTS "headers" jsonb;
--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN IF NOT EXISTS "body_bytes" integer;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "webhook_events_refused" ON "webhook_events" USING btree ("id") WHERE verdict = 'refused';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "webhook_events_other_kinds" ON "webhook_events" USING btree ("kind","id") WHERE kind <> 'status';
