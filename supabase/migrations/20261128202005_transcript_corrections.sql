ALTER TABLE "transcripts" ADD COLUMN "word_ids" jsonb;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "next_word_id" integer;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "confidences" jsonb;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "paragraph_starts" jsonb;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "is_reviewed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "edited_by" uuid;--> statement-breakpoint
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_edited_by_profiles_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."profiles"("id") ON DELETE set null ON UPDATE no action;