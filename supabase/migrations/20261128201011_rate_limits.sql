CREATE TABLE "known_clients" (
	"account" text NOT NULL,
	"client" text NOT NULL,
	"signed_in_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "known_clients_account_client_pk" PRIMARY KEY("account","client")
);
--> statement-breakpoint
ALTER TABLE "known_clients" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"full_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rate_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "known_clients_signed_in_at_index" ON "known_clients" USING btree ("signed_in_at");--> statement-breakpoint
CREATE INDEX "rate_limits_full_at_index" ON "rate_limits" USING btree ("full_at");--> statement-breakpoint
-- It changes with every request. After a crash it is empty, which gives everyone a full allowance.
ALTER TABLE "rate_limits" SET UNLOGGED;
