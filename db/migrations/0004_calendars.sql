CREATE TABLE "calendars" (
	"tenant" text NOT NULL,
	"name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendars_tenant_name_pk" PRIMARY KEY("tenant","name")
);
--> statement-breakpoint
ALTER TABLE "logs" ADD COLUMN "calendar" text;--> statement-breakpoint
ALTER TABLE "logs" ADD CONSTRAINT "logs_calendar" FOREIGN KEY ("tenant","calendar") REFERENCES "public"."calendars"("tenant","name") ON DELETE no action ON UPDATE no action;