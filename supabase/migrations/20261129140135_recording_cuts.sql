CREATE TABLE "cut_proposals" (
	"sermon_id" uuid NOT NULL,
	"media_revision" integer NOT NULL,
	"church_id" uuid NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"start_ms" integer,
	"end_ms" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cut_proposals_sermon_id_media_revision_pk" PRIMARY KEY("sermon_id","media_revision")
);
--> statement-breakpoint
ALTER TABLE "cut_proposals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "recording_cuts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"media_revision" integer NOT NULL,
	"base_revision" integer NOT NULL,
	"base_duration_ms" integer NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"error" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recording_cuts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cut_proposals" ADD CONSTRAINT "cut_proposals_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cut_proposals" ADD CONSTRAINT "cut_proposals_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_cuts" ADD CONSTRAINT "recording_cuts_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_cuts" ADD CONSTRAINT "recording_cuts_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cut_proposals_church_id_index" ON "cut_proposals" USING btree ("church_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recording_cuts_sermon_id_media_revision_index" ON "recording_cuts" USING btree ("sermon_id","media_revision");--> statement-breakpoint
CREATE INDEX "recording_cuts_church_id_index" ON "recording_cuts" USING btree ("church_id");