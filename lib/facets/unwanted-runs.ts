import { type SQL, sql } from 'drizzle-orm'
import { mediaAssets, recordingCuts, runs, sermons } from '#lib/db/schema.ts'

/**
 * A condition on `runs`: the work of the run is no longer wanted. Its sermon was deleted or is in the trash, its
 * recording was replaced, the part of a recording that it makes was discarded, or it transcribes a recording that has an uploaded transcript. Such a run is cancelled,
 * and one that fails before that counts as cancelled.
 */
export const isUnwanted: SQL<boolean> = sql<boolean>`(${runs.sermonId} is not null and not exists (
  select 1 from ${sermons} where ${sermons.id} = ${runs.sermonId} and ${sermons.trashedAt} is null
  and coalesce(
    (${runs.payload} ->> 'mediaRevision')::int,
    (select (parent.payload ->> 'mediaRevision')::int from runs parent where parent.id = ${runs.parentRunId}),
    ${sermons.mediaRevision}
  ) = ${sermons.mediaRevision}
  and not (${runs.taskId} = 'transcribe' and exists (
    select 1 from ${mediaAssets} where ${mediaAssets.sermonId} = ${sermons.id}
    and ${mediaAssets.kind} = 'transcript_upload' and ${mediaAssets.revision} = ${sermons.mediaRevision}
    and ${mediaAssets.uploadedAt} is not null
  ))
  and not (${runs.taskId} = 'cut-recording' and exists (
    select 1 from ${recordingCuts} where ${recordingCuts.id}::text = ${runs.payload} ->> 'cutId'
    and ${recordingCuts.state} = 'discarded'
  ))
))`
