ALTER TABLE "media_assets" ADD COLUMN "uploaded_by" uuid;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "signed_in_at" timestamp with time zone;