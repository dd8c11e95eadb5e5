CREATE TABLE "download_counts" (
	"sermon_id" uuid NOT NULL,
	"day" date NOT NULL,
	"downloads" integer NOT NULL,
	CONSTRAINT "download_counts_sermon_id_day_pk" PRIMARY KEY("sermon_id","day")
);
--> statement-breakpoint
ALTER TABLE "download_counts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "download_requests" (
	"day" date NOT NULL,
	"sermon_id" uuid NOT NULL,
	"listener" text NOT NULL,
	"ranges" "int8multirange" NOT NULL,
	"minute_bytes" integer NOT NULL,
	CONSTRAINT "download_requests_day_sermon_id_listener_pk" PRIMARY KEY("day","sermon_id","listener")
);
--> statement-breakpoint
ALTER TABLE "download_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "download_salts" (
	"day" date PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "download_salts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feed_pings" (
	"church_id" uuid PRIMARY KEY NOT NULL,
	"pinged_state" text,
	"pinged_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "feed_pings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "playback_reports" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"church_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"cause" text,
	"waited_ms" integer NOT NULL,
	"reported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "playback_reports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "download_counts" ADD CONSTRAINT "download_counts_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "download_requests" ADD CONSTRAINT "download_requests_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_pings" ADD CONSTRAINT "feed_pings_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playback_reports" ADD CONSTRAINT "playback_reports_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "download_requests_sermon_id_index" ON "download_requests" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "playback_reports_church_id_reported_at_index" ON "playback_reports" USING btree ("church_id","reported_at");--> statement-breakpoint
CREATE INDEX "playback_reports_reported_at_index" ON "playback_reports" USING btree ("reported_at");