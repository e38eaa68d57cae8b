ALTER TABLE "model_calls" ALTER COLUMN "cost_micros" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "person" text;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "estimated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "model_calls_day" ON "model_calls" USING btree ("tenant","created_at");