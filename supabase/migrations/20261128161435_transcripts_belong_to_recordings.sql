ALTER TABLE "transcripts" ADD COLUMN "media_revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- A transcript belongs to the recording that was the newest when the transcript was stored.
update transcripts set media_revision = coalesce((
  select max(revision) from media_assets original
  where original.sermon_id = transcripts.sermon_id and original.kind = 'original'
    and original.uploaded_at <= transcripts.created_at
), 0);--> statement-breakpoint
ALTER TABLE "transcripts" ALTER COLUMN "media_revision" DROP DEFAULT;--> statement-breakpoint
-- Replaced recordings kept the transcript of the earlier one until now.
with mixed as (
  update sermons set
    transcript_status = 'failed', transcript_progress = 0,
    transcript_error = jsonb_build_object('reason', 'transcript.of_earlier_recording',
      'message', 'The transcript belonged to the earlier recording. Upload the one for this recording, or press “Try again” to have it transcribed.'),
    index_status = 'waiting', index_progress = 0, index_error = null, updated_at = now()
  where transcript_status = 'ready' and not exists (
    select 1 from transcripts
    where transcripts.sermon_id = sermons.id and transcripts.media_revision = sermons.media_revision)
  returning id
)
delete from passages where sermon_id in (select id from mixed);
