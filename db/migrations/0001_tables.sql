CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"proposal" text NOT NULL,
	"digest" text NOT NULL,
	"person" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"channel" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"tenant" text NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"actor" text NOT NULL,
	"subject" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" text NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "ledger_tenant_seq_pk" PRIMARY KEY("tenant","seq")
);
--> statement-breakpoint
CREATE TABLE "ledger_heads" (
	"tenant" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"thread" text,
	"turn" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"tool" text NOT NULL,
	"tool_version" integer NOT NULL,
	"risk" text NOT NULL,
	"input" jsonb NOT NULL,
	"digest" text NOT NULL,
	"summary" text NOT NULL,
	"preview" jsonb NOT NULL,
	"requester" text NOT NULL,
	"policy" text NOT NULL,
	"quorum" integer DEFAULT 1 NOT NULL,
	"approver_role" text DEFAULT 'approver' NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"superseded_by" text,
	"undoes" text,
	"executor" text,
	"claimed_at" timestamp (6) with time zone,
	"claimed_until" timestamp (6) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"idempotency_key" text NOT NULL,
	"receipt" jsonb,
	"failure" jsonb,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"connector" text NOT NULL,
	"operation" text NOT NULL,
	"proposal" text,
	"attempt" integer NOT NULL,
	"outcome" text NOT NULL,
	"status" integer,
	"problem" text,
	"milliseconds" integer NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"reviewed_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "connectors" (
	"tenant" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"base_url" text NOT NULL,
	"specification" jsonb NOT NULL,
	"operations" jsonb NOT NULL,
	"credential" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connectors_tenant_id_pk" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"tenant" text NOT NULL,
	"id" text NOT NULL,
	"scheme" text NOT NULL,
	"references" jsonb NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credentials_tenant_id_pk" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "kpis" (
	"tenant" text NOT NULL,
	"name" text NOT NULL,
	"log" text,
	"metric" text NOT NULL,
	"activity" jsonb,
	"limit" double precision,
	"deadline" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kpis_tenant_name_pk" PRIMARY KEY("tenant","name")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"tenant" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"log" text NOT NULL,
	"condition" text NOT NULL,
	"action" text NOT NULL,
	"details" jsonb NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rules_tenant_id_version_pk" PRIMARY KEY("tenant","id","version")
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"kind" text NOT NULL,
	"log" text NOT NULL,
	"kpi" text,
	"proposal" text,
	"thread" text,
	"definition" jsonb NOT NULL,
	"since" timestamp (6) with time zone,
	"state" text DEFAULT 'active' NOT NULL,
	"last" jsonb,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "analyses" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"thread" text,
	"person" text,
	"log" text,
	"tool" text NOT NULL,
	"tool_version" integer NOT NULL,
	"input" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"tenant" text NOT NULL,
	"id" text NOT NULL,
	"analysis" text,
	"value" double precision NOT NULL,
	"unit" text NOT NULL,
	"label" text NOT NULL,
	"sql" text,
	"source" jsonb NOT NULL,
	"rows" bigint NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "facts_tenant_id_pk" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "logs" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"name" text NOT NULL,
	"imported_by" text,
	"mapping" jsonb NOT NULL,
	"findings" jsonb NOT NULL,
	"vocabulary" jsonb NOT NULL,
	"cases" integer NOT NULL,
	"events" bigint NOT NULL,
	"first_event" timestamp (6) with time zone,
	"last_event" timestamp (6) with time zone,
	"digest" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"channel" text NOT NULL,
	"subject" text NOT NULL,
	"tenant" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "identities_channel_subject_pk" PRIMARY KEY("channel","subject")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"channel" text NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"person" text NOT NULL,
	"text" text NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text NOT NULL,
	"tenant" text NOT NULL,
	"name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_tenant_id_pk" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"tenant" text NOT NULL,
	"person" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "roles_tenant_person_role_pk" PRIMARY KEY("tenant","person","role")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"person" text NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (6) with time zone,
	"revoked_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "events" (
	"tenant" text NOT NULL,
	"thread" text NOT NULL,
	"seq" integer NOT NULL,
	"turn" text NOT NULL,
	"type" text NOT NULL,
	"person" text,
	"channel" text,
	"data" jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_tenant_thread_seq_pk" PRIMARY KEY("tenant","thread","seq")
);
--> statement-breakpoint
CREATE TABLE "model_calls" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"thread" text NOT NULL,
	"turn" text NOT NULL,
	"model" text NOT NULL,
	"input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"cache_read_tokens" integer DEFAULT 0 NOT NULL,
	"cache_write_tokens" integer DEFAULT 0 NOT NULL,
	"cost_micros" integer NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"tenant" text NOT NULL,
	"id" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"private_to" text,
	"log" text,
	"language" text,
	"state" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"runner" text,
	"runner_until" timestamp (6) with time zone,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "threads_tenant_id_pk" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_proposal_proposals_id_fk" FOREIGN KEY ("proposal") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_tenant_tenants_id_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_once" ON "decisions" USING btree ("proposal","person");--> statement-breakpoint
CREATE INDEX "proposals_state" ON "proposals" USING btree ("tenant","state");--> statement-breakpoint
CREATE INDEX "proposals_thread" ON "proposals" USING btree ("tenant","thread");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_key" ON "proposals" USING btree ("idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_once" ON "proposals" USING btree ("tenant",coalesce("thread", ''),"digest") WHERE "proposals"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "calls_outcome" ON "calls" USING btree ("tenant","outcome");--> statement-breakpoint
CREATE INDEX "watches_log" ON "watches" USING btree ("tenant","log");--> statement-breakpoint
CREATE INDEX "analyses_thread" ON "analyses" USING btree ("thread");--> statement-breakpoint
CREATE UNIQUE INDEX "logs_name" ON "logs" USING btree ("tenant","name");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_once" ON "inbox" USING btree ("channel","key");--> statement-breakpoint
CREATE INDEX "notices_of" ON "notices" USING btree ("tenant","person");