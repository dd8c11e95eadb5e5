CREATE TABLE "sermon_topics" (
	"sermon_id" uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "sermon_topics_sermon_id_topic_id_pk" PRIMARY KEY("sermon_id","topic_id")
);
--> statement-breakpoint
ALTER TABLE "sermon_topics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "topics" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "topics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "church_profiles" (
	"church_id" uuid PRIMARY KEY NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"service_times" text DEFAULT '' NOT NULL,
	"website" text DEFAULT '' NOT NULL,
	"logo" "bytea",
	"logo_width_px" integer,
	"logo_height_px" integer,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "church_profiles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "former_slugs" ADD COLUMN "topic_id" uuid;--> statement-breakpoint
ALTER TABLE "speakers" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sermon_topics" ADD CONSTRAINT "sermon_topics_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sermon_topics" ADD CONSTRAINT "sermon_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "church_profiles" ADD CONSTRAINT "church_profiles_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sermon_topics_topic_id_index" ON "sermon_topics" USING btree ("topic_id");--> statement-breakpoint
CREATE UNIQUE INDEX "topics_church_id_slug_index" ON "topics" USING btree ("church_id","slug");--> statement-breakpoint
ALTER TABLE "former_slugs" ADD CONSTRAINT "former_slugs_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;