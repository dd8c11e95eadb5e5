import { type SQL, sql } from 'drizzle-orm'
import { sermons, transcripts } from '#lib/db/schema.ts'

/**
 * A condition on `transcripts`: belongs to the current recording of its sermon. The newest of these is the
 * current transcript; those of earlier recordings are kept, but never shown, searched or quoted.
 */
export const ofCurrentRecording: SQL = sql`${transcripts.mediaRevision} = (
  select ${sermons.mediaRevision} from ${sermons} where ${sermons.id} = ${transcripts.sermonId})`
