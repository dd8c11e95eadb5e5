import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { eq } from 'drizzle-orm'
import { drawCover } from '#lib/artwork/draw-cover.ts'
import type { Chapter } from '#lib/chapters/chapter.ts'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { churches, series, sermons, speakers } from '#lib/db/schema.ts'
import { writeId3Tag } from '#lib/media/id3-tag.ts'

const COVER_PX = 1400

/** Everything that the tag of a podcast file is made of, except the duration. */
export type PodcastTag = Awaited<ReturnType<typeof describePodcastTag>>

/** Reads what the tag of a sermon's podcast file says. Throws when the sermon was deleted. */
export async function describePodcastTag(
  { db }: { db: DatabaseOrTransaction },
  { sermonId, chapters }: { sermonId: string; chapters: readonly Chapter[] },
) {
  const [row] = await db
    .select({ sermon: sermons, speaker: speakers.name, series: series.title, church: churches.name })
    .from(sermons)
    .innerJoin(churches, eq(churches.id, sermons.churchId))
    .leftJoin(speakers, eq(speakers.id, sermons.speakerId))
    .leftJoin(series, eq(series.id, sermons.seriesId))
    .where(eq(sermons.id, sermonId))
  if (!row) throw new Error('the sermon was deleted while its podcast file was written')
  const { title, scripture, preachedOn } = row.sermon
  return {
    title,
    artist: row.speaker ?? row.church,
    album: row.series ?? row.church,
    year: preachedOn?.slice(0, 4) ?? '',
    cover: { title, reference: scripture, family: row.series ?? title },
    chapters: [...chapters],
  }
}

/** Identifies the contents of a tag: other contents have another one. */
export function hashPodcastTag(tag: PodcastTag): string {
  return createHash('sha256').update(JSON.stringify(tag)).digest('hex').slice(0, 16)
}

/** Writes a podcast file: its tag, then the sound of `soundFile` from the byte `soundFrom` on. */
export async function writePodcastFile(
  tag: PodcastTag,
  {
    soundFile,
    soundFrom = 0,
    filePath,
    durationMs,
  }: { soundFile: string; soundFrom?: number; filePath: string; durationMs: number },
): Promise<void> {
  const cover = await drawCover({ kind: 'sermon', sermon: tag.cover }, COVER_PX)
  await writeFile(filePath, writeId3Tag({ ...tag, cover, durationMs }))
  await pipeline(
    createReadStream(soundFile, { start: soundFrom }),
    createWriteStream(filePath, { flags: 'a' }),
  )
}
