CREATE TABLE "memories" (
	"tenant" text NOT NULL,
	"id" text NOT NULL,
	"scope" text NOT NULL,
	"owner" text NOT NULL,
	"kind" text NOT NULL,
	"term" text,
	"text" text NOT NULL,
	"meaning" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"log" text,
	"words" text NOT NULL,
	"configuration" "regconfig" DEFAULT 'simple' NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', words) || to_tsvector(configuration, words)) STORED,
	"thread" text,
	"turn" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (6) with time zone,
	CONSTRAINT "memories_tenant_id_pk" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "memory_vectors" (
	"tenant" text NOT NULL,
	"memory" text NOT NULL,
	"embedder" text NOT NULL,
	"dimensions" integer NOT NULL,
	"embedding" vector NOT NULL,
	CONSTRAINT "memory_vectors_tenant_memory_embedder_pk" PRIMARY KEY("tenant","memory","embedder")
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"tenant" text NOT NULL,
	"team" text NOT NULL,
	"person" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_members_tenant_team_person_pk" PRIMARY KEY("tenant","team","person")
);
--> statement-breakpoint
CREATE TABLE "spans" (
	"tenant" text NOT NULL,
	"trace" text NOT NULL,
	"span" text NOT NULL,
	"parent" text,
	"thread" text,
	"turn" text,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"milliseconds" integer NOT NULL,
	"state" text NOT NULL,
	"attributes" jsonb NOT NULL,
	CONSTRAINT "spans_tenant_trace_span_pk" PRIMARY KEY("tenant","trace","span")
);
--> statement-breakpoint
ALTER TABLE "memory_vectors" ADD CONSTRAINT "memory_vectors_memory" FOREIGN KEY ("tenant","memory") REFERENCES "public"."memories"("tenant","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memories_owner" ON "memories" USING btree ("tenant","scope","owner");--> statement-breakpoint
CREATE INDEX "memories_search" ON "memories" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "memories_term" ON "memories" USING btree ("tenant","scope","owner","kind","term",coalesce("log", '')) WHERE "memories"."term" is not null;--> statement-breakpoint
CREATE INDEX "spans_turn" ON "spans" USING btree ("tenant","turn");--> statement-breakpoint
CREATE INDEX "spans_age" ON "spans" USING btree ("started_at");--> statement-breakpoint
ALTER TABLE "memories" ADD CONSTRAINT "memories_scope" CHECK ("scope" in ('thread', 'person', 'team', 'tenant') and ("scope" = 'tenant') = ("owner" = ''));--> statement-breakpoint
ALTER TABLE "memory_vectors" ADD CONSTRAINT "memory_vectors_length" CHECK (vector_dims("embedding") = "dimensions");--> statement-breakpoint
CREATE INDEX "memory_vectors_384" ON "memory_vectors" USING hnsw (("embedding"::vector(384)) vector_cosine_ops) WHERE "dimensions" = 384;--> statement-breakpoint
CREATE INDEX "memory_vectors_512" ON "memory_vectors" USING hnsw (("embedding"::vector(512)) vector_cosine_ops) WHERE "dimensions" = 512;--> statement-breakpoint
CREATE INDEX "memory_vectors_768" ON "memory_vectors" USING hnsw (("embedding"::vector(768)) vector_cosine_ops) WHERE "dimensions" = 768;--> statement-breakpoint
CREATE INDEX "memory_vectors_1024" ON "memory_vectors" USING hnsw (("embedding"::vector(1024)) vector_cosine_ops) WHERE "dimensions" = 1024;--> statement-breakpoint
CREATE INDEX "memory_vectors_1536" ON "memory_vectors" USING hnsw (("embedding"::vector(1536)) vector_cosine_ops) WHERE "dimensions" = 1536;
