CREATE TABLE "clips" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"shape" text NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"text" text NOT NULL,
	"media_revision" integer NOT NULL,
	"words_hash" text NOT NULL,
	"transcript_revision" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"error" jsonb,
	"size_bytes" bigint,
	"event_id" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outdated_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "clips" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clips" ADD CONSTRAINT "clips_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clips" ADD CONSTRAINT "clips_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "clips_one_of_a_kind" ON "clips" USING btree ("sermon_id","media_revision","start_ms","end_ms","shape","words_hash");--> statement-breakpoint
CREATE INDEX "clips_church_id_created_at_index" ON "clips" USING btree ("church_id","created_at");--> statement-breakpoint
CREATE INDEX "clips_unfinished_index" ON "clips" USING btree ("created_at") WHERE status <> 'ready';