CREATE TABLE "church_terms" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"term" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "church_terms" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "transcript_suggestions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"media_revision" integer NOT NULL,
	"from_word" integer NOT NULL,
	"to_word" integer NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "transcript_suggestions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "speaker_turns" jsonb;--> statement-breakpoint
ALTER TABLE "church_terms" ADD CONSTRAINT "church_terms_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcript_suggestions" ADD CONSTRAINT "transcript_suggestions_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcript_suggestions" ADD CONSTRAINT "transcript_suggestions_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "church_terms_church_id_term_index" ON "church_terms" USING btree ("church_id",lower("term"));--> statement-breakpoint
CREATE INDEX "transcript_suggestions_sermon_id_index" ON "transcript_suggestions" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "transcript_suggestions_church_id_index" ON "transcript_suggestions" USING btree ("church_id");