-- What protects an account besides its password, and what opens it without one.
CREATE TABLE IF NOT EXISTS "two_factors" (
  "user_id" integer PRIMARY KEY NOT NULL CONSTRAINT "two_factors_user_id_users_id_fk" REFERENCES "users"("id") ON DELETE CASCADE,
  "secret" text NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "confirmed_at" timestamp with time zone,
  "last_period" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "recovery_codes" (
  "id" serial PRIMARY KEY NOT NULL,
  "user_id" integer NOT NULL CONSTRAINT "recovery_codes_user_id_users_id_fk" REFERENCES "users"("id") ON DELETE CASCADE,
  "code_hash" text NOT NULL,
  "used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "recovery_codes_user_id" ON "recovery_codes" USING btree ("user_id");
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "password_resets" (
  "user_id" integer PRIMARY KEY NOT NULL CONSTRAINT "password_resets_user_id_users_id_fk" REFERENCES "users"("id") ON DELETE CASCADE,
  "token_hash" text NOT NULL CONSTRAINT "password_resets_token_hash_unique" UNIQUE,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "api_tokens" (
  "id" serial PRIMARY KEY NOT NULL,
  "user_id" integer NOT NULL CONSTRAINT "api_tokens_user_id_users_id_fk" REFERENCES "users"("id") ON DELETE CASCADE,
  "name" text NOT NULL,
  "token_hash" text NOT NULL CONSTRAINT "api_tokens_token_hash_unique" UNIQUE,
  "hint" text NOT NULL,
  "scope" text NOT NULL CONSTRAINT "api_tokens_scope_check" CHECK (scope in ('read', 'write')),
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "expires_at" timestamp with time zone NOT NULL,
  "revoked_at" timestamp with time zone,
  "last_used_at" timestamp with time zone,
  "last_used_ip" text
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "api_tokens_user_id" ON "api_tokens" USING btree ("user_id");
--> statement-breakpoint
-- Each account sees who tried to sign in to it.
ALTER TABLE "sign_in_attempts"
  ADD COLUMN IF NOT EXISTS "kind" text DEFAULT 'password' NOT NULL,
  ADD COLUMN IF NOT EXISTS "user_agent" text;
--> statement-breakpoint
ALTER TABLE "sign_in_attempts" DROP CONSTRAINT IF EXISTS "sign_in_attempts_kind_check";
--> statement-breakpoint
ALTER TABLE "sign_in_attempts" ADD CONSTRAINT "sign_in_attempts_kind_check" CHECK (kind in ('password', 'code', 'confirmation'));
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "sign_in_attempts_at" ON "sign_in_attempts" USING btree ("at");
--> statement-breakpoint
DO $$
DECLARE
  role_name text;
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['two_factors', 'recovery_codes', 'password_resets', 'api_tokens'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', table_name);
    FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated'] LOOP
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('REVOKE ALL ON TABLE public.%I FROM %I', table_name, role_name);
      END IF;
    END LOOP;
  END LOOP;
END $$;
