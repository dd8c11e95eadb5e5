CREATE TABLE "podcasts" (
	"church_id" uuid PRIMARY KEY NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"author" text DEFAULT '' NOT NULL,
	"owner_email" text DEFAULT '' NOT NULL,
	"category" text DEFAULT 'Religion & Spirituality > Christianity' NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"is_explicit" boolean DEFAULT false NOT NULL,
	"is_locked" boolean DEFAULT true NOT NULL,
	"apple_code" text DEFAULT '' NOT NULL,
	"cover" "bytea",
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "podcasts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "positions" (
	"user_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"media_revision" integer NOT NULL,
	"position_ms" integer NOT NULL,
	"is_finished" boolean DEFAULT false NOT NULL,
	"listened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "positions_user_id_sermon_id_pk" PRIMARY KEY("user_id","sermon_id")
);
--> statement-breakpoint
ALTER TABLE "positions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "podcasts" ADD CONSTRAINT "podcasts_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_user_id_profiles_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."profiles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "positions_sermon_id_index" ON "positions" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "positions_user_id_listened_at_index" ON "positions" USING btree ("user_id","listened_at");