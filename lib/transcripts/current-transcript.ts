import { type SQL, sql } from 'drizzle-orm'
import { sermons, transcripts } from '#lib/db/schema.ts'
import { refusalReasons } from '#lib/media/media-failures.ts'

/**
 * A condition on `transcripts`: a recogniser made it, no person corrected or reviewed it, and the recording was
 * refused. What was heard in such a recording is never shown, searched or quoted.
 */
export const heardInRefused: SQL = sql`(${transcripts.source} <> 'upload' and ${transcripts.editedBy} is null
  and not ${transcripts.isReviewed} and exists (
    select 1 from ${sermons} where ${sermons.id} = ${transcripts.sermonId} and ${sermons.mediaStatus} = 'failed'
    and ${sermons.mediaError} ->> 'reason' = any(${sql.param([...refusalReasons])}::text[])))`

/**
 * A condition on `transcripts`: belongs to the current recording of its sermon. The newest of these is the
 * current transcript; those of earlier recordings are kept, but never shown, searched or quoted.
 */
export const ofCurrentRecording: SQL = sql`(${transcripts.mediaRevision} = (
  select ${sermons.mediaRevision} from ${sermons} where ${sermons.id} = ${transcripts.sermonId})
  and not ${heardInRefused})`
