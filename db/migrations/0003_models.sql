CREATE TABLE "models" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"log" text NOT NULL,
	"name" text NOT NULL,
	"format" text NOT NULL,
	"document" text NOT NULL,
	"uploaded_by" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_log_logs_id_fk" FOREIGN KEY ("log") REFERENCES "public"."logs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "models_name" ON "models" USING btree ("tenant","log","name");--> statement-breakpoint
CREATE INDEX "models_latest" ON "models" USING btree ("tenant","log","updated_at");