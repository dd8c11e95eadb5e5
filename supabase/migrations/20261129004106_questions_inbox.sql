CREATE TABLE "doubtful_references" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"first_verse" integer NOT NULL,
	"last_verse" integer NOT NULL,
	"transcript_id" uuid,
	"first_word" integer NOT NULL,
	"last_word" integer NOT NULL,
	"decision" text
);
--> statement-breakpoint
ALTER TABLE "doubtful_references" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "question_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"question" text NOT NULL,
	"sermon_id" uuid NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "question_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "churches" ADD COLUMN "keep_questions_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "churches" ADD COLUMN "care_help" text;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "church_id" uuid;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "doubtful_references" ADD CONSTRAINT "doubtful_references_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doubtful_references" ADD CONSTRAINT "doubtful_references_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doubtful_references" ADD CONSTRAINT "doubtful_references_transcript_id_transcripts_id_fk" FOREIGN KEY ("transcript_id") REFERENCES "public"."transcripts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_links" ADD CONSTRAINT "question_links_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_links" ADD CONSTRAINT "question_links_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "doubtful_references_sermon_id_index" ON "doubtful_references" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "doubtful_references_church_id_index" ON "doubtful_references" USING btree ("church_id");--> statement-breakpoint
CREATE INDEX "question_links_church_id_created_at_index" ON "question_links" USING btree ("church_id","created_at");--> statement-breakpoint
CREATE INDEX "question_links_sermon_id_index" ON "question_links" USING btree ("sermon_id");--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "questions_church_id_created_at_index" ON "questions" USING btree ("church_id","created_at");--> statement-breakpoint
ALTER TABLE "questions" DROP CONSTRAINT "questions_user_id_profiles_id_fk";
--> statement-breakpoint
ALTER TABLE "questions" DROP COLUMN "user_id";--> statement-breakpoint
-- Older questions concern the only church there is; in an installation of several churches no one can tell.
UPDATE "questions" SET "church_id" = (SELECT min("id"::text)::uuid FROM "churches" HAVING count(*) = 1);
