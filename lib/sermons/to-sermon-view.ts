import { and, eq, sql } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { mediaAssets, recordingCuts, series, sermons, speakers } from '#lib/db/schema.ts'
import type { RecordingCut } from '#lib/media/recording-cut.ts'
import { toRecordingView } from '#lib/sermons/recording-report.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** The select behind every SermonView; add conditions, order and limit to it. */
export function selectSermons(db: DatabaseOrTransaction) {
  return db
    .select({
      sermon: sermons,
      speaker: speakers,
      series,
      topics: sql<SermonView['topics']>`(select coalesce(json_agg(json_build_object(
        'id', t.id, 'slug', t.slug, 'name', t.name) order by st.position), '[]')
        from sermon_topics st join topics t on t.id = st.topic_id where st.sermon_id = ${sermons.id})`,
      originalDetails: mediaAssets.details,
      cut: { startMs: recordingCuts.startMs, endMs: recordingCuts.endMs },
    })
    .from(sermons)
    .leftJoin(speakers, eq(speakers.id, sermons.speakerId))
    .leftJoin(series, eq(series.id, sermons.seriesId))
    .leftJoin(
      recordingCuts,
      and(eq(recordingCuts.sermonId, sermons.id), eq(recordingCuts.mediaRevision, sermons.mediaRevision)),
    )
    .leftJoin(
      mediaAssets,
      and(
        eq(mediaAssets.sermonId, sermons.id),
        eq(mediaAssets.kind, 'original'),
        eq(mediaAssets.revision, sql`coalesce(${recordingCuts.baseRevision}, ${sermons.mediaRevision})`),
      ),
    )
    .$dynamic()
}

type Row = {
  sermon: typeof sermons.$inferSelect
  speaker: typeof speakers.$inferSelect | null
  series: typeof series.$inferSelect | null
  topics: SermonView['topics']
  originalDetails: Record<string, unknown> | null
  cut: RecordingCut | null
}

/** Shapes a row of `selectSermons` for pages and the API. */
export function toSermonView({
  sermon,
  speaker,
  series: seriesRow,
  topics,
  originalDetails,
  cut,
}: Row): SermonView {
  const recording = toRecordingView(originalDetails)
  return {
    id: sermon.id,
    slug: sermon.slug,
    churchId: sermon.churchId,
    title: sermon.title,
    description: sermon.description,
    scripture: sermon.scripture,
    speaker: speaker && { id: speaker.id, slug: speaker.slug, name: speaker.name },
    series: seriesRow && { id: seriesRow.id, slug: seriesRow.slug, title: seriesRow.title },
    topics,
    preachedOn: sermon.preachedOn,
    language: sermon.language,
    publication: sermon.publication,
    publishAt: sermon.publishAt?.toISOString() ?? null,
    publishedAt: sermon.publishedAt?.toISOString() ?? null,
    trashedAt: sermon.trashedAt?.toISOString() ?? null,
    durationMs: sermon.durationMs,
    mediaRevision: sermon.mediaRevision,
    recording: recording && { ...recording, cut },
    isTextOnly: sermon.isTextOnly,
    isSample: sermon.isSample,
    facets: {
      media: { status: sermon.mediaStatus, progress: sermon.mediaProgress, error: sermon.mediaError },
      transcript: {
        status: sermon.transcriptStatus,
        progress: sermon.transcriptProgress,
        error: sermon.transcriptError,
      },
      index: { status: sermon.indexStatus, progress: sermon.indexProgress, error: sermon.indexError },
    },
    createdAt: sermon.createdAt.toISOString(),
    updatedAt: sermon.updatedAt.toISOString(),
  }
}
