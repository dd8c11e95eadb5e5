CREATE TABLE "media_assets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"revision" integer NOT NULL,
	"bucket" text NOT NULL,
	"path" text NOT NULL,
	"file_name" text DEFAULT '' NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"uploaded_at" timestamp with time zone,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "media_assets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "series" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "series" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sermons" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"scripture" text DEFAULT '' NOT NULL,
	"speaker_id" uuid,
	"series_id" uuid,
	"preached_on" date,
	"language" text DEFAULT 'en' NOT NULL,
	"publication" text DEFAULT 'draft' NOT NULL,
	"publish_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	"media_status" text DEFAULT 'waiting' NOT NULL,
	"media_progress" integer DEFAULT 0 NOT NULL,
	"media_error" jsonb,
	"media_revision" integer DEFAULT 0 NOT NULL,
	"transcript_status" text DEFAULT 'waiting' NOT NULL,
	"transcript_progress" integer DEFAULT 0 NOT NULL,
	"transcript_error" jsonb,
	"transcript_revision" integer DEFAULT 0 NOT NULL,
	"index_status" text DEFAULT 'waiting' NOT NULL,
	"index_progress" integer DEFAULT 0 NOT NULL,
	"index_error" jsonb,
	"duration_ms" integer,
	"is_sample" boolean DEFAULT false NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sermons" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "speakers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "speakers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"type" text NOT NULL,
	"church_id" uuid,
	"sermon_id" uuid,
	"event_id" uuid,
	"run_id" text,
	"fingerprint" text NOT NULL,
	"reason" text NOT NULL,
	"advice" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"redrive_id" uuid,
	"new_event_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	"keep_until" timestamp with time zone DEFAULT now() + interval '1 year' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "dead_letters" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sequence" bigserial NOT NULL,
	"type" text NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"run_id" text,
	"traceparent" text,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"forwarded_at" timestamp with time zone,
	"dead_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "logs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" text,
	"trace_id" text,
	"span_id" text,
	"level" text NOT NULL,
	"message" text NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"channel" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "notifications" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "redrives" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"fingerprint" text NOT NULL,
	"state" text NOT NULL,
	"per_second" integer NOT NULL,
	"total" integer NOT NULL,
	"released" integer DEFAULT 0 NOT NULL,
	"stopped_because" text,
	"started_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "redrives" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "run_steps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"work_key" text NOT NULL,
	"name" text NOT NULL,
	"task_id" text NOT NULL,
	"run_id" text NOT NULL,
	"church_id" uuid,
	"sermon_id" uuid,
	"status" text NOT NULL,
	"attempt" integer NOT NULL,
	"result" jsonb,
	"error" jsonb,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "run_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"event_id" uuid,
	"church_id" uuid,
	"sermon_id" uuid,
	"parent_run_id" text,
	"root_run_id" text,
	"queue" text,
	"machine" text,
	"status" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"payload" jsonb,
	"output" jsonb,
	"error" jsonb,
	"error_fingerprint" text,
	"trace_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "scheduled_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"type" text NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid,
	"payload" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scheduled_events_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "scheduled_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "spans" (
	"span_id" text PRIMARY KEY NOT NULL,
	"trace_id" text NOT NULL,
	"parent_span_id" text,
	"run_id" text,
	"name" text NOT NULL,
	"status" text DEFAULT 'unset' NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "spans" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"hint" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "churches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "churches_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
ALTER TABLE "churches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "installation" (
	"id" text PRIMARY KEY DEFAULT 'this' NOT NULL,
	"set_up_at" timestamp with time zone,
	"set_up_token_hash" text,
	"samples_imported_at" timestamp with time zone,
	"samples_removed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "installation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "memberships" (
	"church_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_church_id_user_id_pk" PRIMARY KEY("church_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"display_name" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profiles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "passages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"transcript_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"first_word" integer NOT NULL,
	"last_word" integer NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"text" text NOT NULL,
	"content_hash" text NOT NULL,
	"embedder" text NOT NULL,
	"embedding" halfvec(384) NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('english', text)) STORED
);
--> statement-breakpoint
ALTER TABLE "passages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "questions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid,
	"sermon_id" uuid,
	"question" text NOT NULL,
	"refused" boolean NOT NULL,
	"quotes" jsonb NOT NULL,
	"answerer" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "questions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "transcripts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"source" text NOT NULL,
	"language" text NOT NULL,
	"is_draft" boolean NOT NULL,
	"is_approximate" boolean DEFAULT false NOT NULL,
	"words" jsonb NOT NULL,
	"sentences" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "transcripts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "media_assets" ADD CONSTRAINT "media_assets_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_assets" ADD CONSTRAINT "media_assets_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sermons" ADD CONSTRAINT "sermons_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sermons" ADD CONSTRAINT "sermons_speaker_id_speakers_id_fk" FOREIGN KEY ("speaker_id") REFERENCES "public"."speakers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sermons" ADD CONSTRAINT "sermons_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speakers" ADD CONSTRAINT "speakers_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_profiles_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."profiles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_profiles_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."profiles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_transcript_id_transcripts_id_fk" FOREIGN KEY ("transcript_id") REFERENCES "public"."transcripts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_user_id_profiles_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."profiles"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "media_assets_bucket_path_index" ON "media_assets" USING btree ("bucket","path");--> statement-breakpoint
CREATE UNIQUE INDEX "media_assets_one_of_a_kind" ON "media_assets" USING btree ("sermon_id","kind","name","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "series_church_id_slug_index" ON "series" USING btree ("church_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "sermons_slug_index" ON "sermons" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "sermons_church_id_created_at_index" ON "sermons" USING btree ("church_id","created_at");--> statement-breakpoint
CREATE INDEX "sermons_published_index" ON "sermons" USING btree ("publication","preached_on","created_at");--> statement-breakpoint
CREATE INDEX "sermons_speaker_id_index" ON "sermons" USING btree ("speaker_id");--> statement-breakpoint
CREATE INDEX "sermons_series_id_index" ON "sermons" USING btree ("series_id");--> statement-breakpoint
CREATE UNIQUE INDEX "speakers_church_id_slug_index" ON "speakers" USING btree ("church_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letters_one_open" ON "dead_letters" USING btree ("kind","subject") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "dead_letters_fingerprint_state_created_at_index" ON "dead_letters" USING btree ("fingerprint","state","created_at");--> statement-breakpoint
CREATE INDEX "dead_letters_state_created_at_index" ON "dead_letters" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "dead_letters_sermon_id_index" ON "dead_letters" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "dead_letters_redrive_id_index" ON "dead_letters" USING btree ("redrive_id");--> statement-breakpoint
CREATE INDEX "events_due_index" ON "events" USING btree ("next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "events_sermon_id_sequence_index" ON "events" USING btree ("sermon_id","sequence");--> statement-breakpoint
CREATE INDEX "events_state_created_at_index" ON "events" USING btree ("state","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "events_sequence_index" ON "events" USING btree ("sequence");--> statement-breakpoint
CREATE INDEX "events_run_id_index" ON "events" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "logs_run_id_at_index" ON "logs" USING btree ("run_id","at");--> statement-breakpoint
CREATE INDEX "logs_at_index" ON "logs" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_key_channel_index" ON "notifications" USING btree ("key","channel");--> statement-breakpoint
CREATE INDEX "notifications_created_at_index" ON "notifications" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "redrives_state_index" ON "redrives" USING btree ("state");--> statement-breakpoint
CREATE INDEX "redrives_fingerprint_index" ON "redrives" USING btree ("fingerprint");--> statement-breakpoint
CREATE UNIQUE INDEX "run_steps_work_key_name_index" ON "run_steps" USING btree ("work_key","name");--> statement-breakpoint
CREATE INDEX "run_steps_run_id_index" ON "run_steps" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "run_steps_sermon_id_index" ON "run_steps" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "runs_created_at_index" ON "runs" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "runs_status_created_at_index" ON "runs" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "runs_task_id_created_at_index" ON "runs" USING btree ("task_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_sermon_id_created_at_index" ON "runs" USING btree ("sermon_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_church_id_created_at_index" ON "runs" USING btree ("church_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_parent_run_id_index" ON "runs" USING btree ("parent_run_id");--> statement-breakpoint
CREATE INDEX "runs_root_run_id_index" ON "runs" USING btree ("root_run_id");--> statement-breakpoint
CREATE INDEX "runs_error_index" ON "runs" USING btree ("error_fingerprint","created_at") WHERE error_fingerprint is not null;--> statement-breakpoint
CREATE INDEX "scheduled_events_due_at_index" ON "scheduled_events" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "spans_run_id_index" ON "spans" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "spans_trace_id_index" ON "spans" USING btree ("trace_id");--> statement-breakpoint
CREATE INDEX "spans_started_at_index" ON "spans" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_token_hash_index" ON "api_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "api_tokens_church_id_index" ON "api_tokens" USING btree ("church_id");--> statement-breakpoint
CREATE INDEX "audit_log_church_id_created_at_index" ON "audit_log" USING btree ("church_id","created_at");--> statement-breakpoint
CREATE INDEX "memberships_user_id_index" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passages_transcript_id_position_index" ON "passages" USING btree ("transcript_id","position");--> statement-breakpoint
CREATE INDEX "passages_sermon_id_index" ON "passages" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "passages_church_id_index" ON "passages" USING btree ("church_id");--> statement-breakpoint
CREATE INDEX "passages_search_index" ON "passages" USING gin ("search");--> statement-breakpoint
CREATE INDEX "passages_embedding_index" ON "passages" USING hnsw ("embedding" halfvec_cosine_ops);--> statement-breakpoint
CREATE INDEX "questions_created_at_index" ON "questions" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "transcripts_sermon_id_revision_index" ON "transcripts" USING btree ("sermon_id","revision");