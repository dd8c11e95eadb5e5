import { createReadStream, createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { eq } from 'drizzle-orm'
import { drawCover } from '#lib/artwork/draw-cover.ts'
import { churches, series, sermons, speakers } from '#lib/db/schema.ts'
import { writeId3Tag } from '#lib/media/id3-tag.ts'
import type { PipelineContext } from '#lib/pipeline/pipeline-context.ts'

const COVER_PX = 1400

/** Writes the podcast file of a sermon: its tag with the cover and the chapters, then the sound of `soundFile`. */
export async function writePodcastFile(
  { services: { db } }: PipelineContext,
  {
    sermonId,
    soundFile,
    filePath,
    durationMs,
    chapters,
  }: {
    sermonId: string
    soundFile: string
    filePath: string
    durationMs: number
    chapters: readonly { startMs: number; title: string }[]
  },
): Promise<void> {
  const [row] = await db
    .select({ sermon: sermons, speaker: speakers.name, series: series.title, church: churches.name })
    .from(sermons)
    .innerJoin(churches, eq(churches.id, sermons.churchId))
    .leftJoin(speakers, eq(speakers.id, sermons.speakerId))
    .leftJoin(series, eq(series.id, sermons.seriesId))
    .where(eq(sermons.id, sermonId))
  if (!row) throw new Error('the sermon was deleted while its podcast file was written')
  const { title, scripture, preachedOn } = row.sermon
  const cover = await drawCover(
    { kind: 'sermon', sermon: { title, reference: scripture, family: row.series ?? title } },
    COVER_PX,
  )
  const tag = writeId3Tag({
    title,
    artist: row.speaker ?? row.church,
    album: row.series ?? row.church,
    year: preachedOn?.slice(0, 4) ?? '',
    cover,
    durationMs,
    chapters,
  })
  await writeFile(filePath, tag)
  await pipeline(createReadStream(soundFile), createWriteStream(filePath, { flags: 'a' }))
}
