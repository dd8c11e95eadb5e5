CREATE TABLE "run_attempts" (
	"run_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"status" text NOT NULL,
	"machine" text,
	"error" jsonb,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "run_attempts_run_id_attempt_pk" PRIMARY KEY("run_id","attempt")
);
--> statement-breakpoint
ALTER TABLE "run_attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "error_text" text GENERATED ALWAYS AS ((error ->> 'message') || ' ' || (error ->> 'name') || coalesce(' ' || (error ->> 'reason'), '')) STORED;--> statement-breakpoint
CREATE INDEX "dead_letters_church_id_state_created_at_index" ON "dead_letters" USING btree ("church_id","state","created_at");--> statement-breakpoint
CREATE INDEX "events_church_id_sequence_index" ON "events" USING btree ("church_id","sequence");--> statement-breakpoint
CREATE INDEX "events_church_id_state_sequence_index" ON "events" USING btree ("church_id","state","sequence");--> statement-breakpoint
CREATE INDEX "runs_church_id_status_created_at_index" ON "runs" USING btree ("church_id","status","created_at");--> statement-breakpoint
CREATE INDEX "runs_church_id_task_id_created_at_index" ON "runs" USING btree ("church_id","task_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_church_error_index" ON "runs" USING btree ("church_id","created_at") WHERE error_text is not null;--> statement-breakpoint
CREATE INDEX "runs_error_text_index" ON "runs" USING gin ("error_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "runs_open_index" ON "runs" USING btree ("updated_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "scheduled_events_church_id_due_at_index" ON "scheduled_events" USING btree ("church_id","due_at");--> statement-breakpoint
CREATE INDEX "audit_log_church_id_action_created_at_index" ON "audit_log" USING btree ("church_id","action","created_at");