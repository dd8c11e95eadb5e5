import { writeFileSync } from 'node:fs'
import { parseFile } from 'music-metadata'

export type Tags = {
  tags: { title?: string; artist?: string; album?: string; date?: string; comment?: string }
  cover: { contentType: string; sizeBytes: number } | null
  chapters: { startMs: number; title: string }[]
}

const MAX_COVER_BYTES = 10_000_000
const MAX_TAG_LENGTH = 1000
const MAX_CHAPTERS = 500

/**
 * Reads tags, cover and chapters as far as possible; a file with broken tags counts as having none.
 * The cover is written to `coverFile` only if its bytes are a picture that browsers can show.
 */
export async function readTags(inputFile: string, coverFile: string | null): Promise<Tags> {
  const metadata = await parseFile(inputFile, {
    duration: false,
    includeChapters: true,
    skipCovers: coverFile === null,
  }).catch(() => null)
  if (!metadata) return { tags: {}, cover: null, chapters: [] }
  const { common, format } = metadata
  const tags: Tags['tags'] = {}
  const set = (name: keyof Tags['tags'], value: unknown) => {
    const text = typeof value === 'string' ? value.trim().slice(0, MAX_TAG_LENGTH) : ''
    if (text) tags[name] = text
  }
  set('title', common.title)
  set('artist', common.artist ?? common.albumartist)
  set('album', common.album)
  set('date', common.date ?? common.originaldate ?? common.year?.toString())
  set('comment', common.comment?.[0]?.text)

  let cover: Tags['cover'] = null
  for (const picture of common.picture ?? []) {
    const contentType = sniffPicture(picture.data)
    if (!contentType || coverFile === null || picture.data.length > MAX_COVER_BYTES) continue
    writeFileSync(coverFile, picture.data)
    cover = { contentType, sizeBytes: picture.data.length }
    break
  }
  const chapters: Tags['chapters'] = []
  for (const chapter of (format.chapters ?? []).slice(0, MAX_CHAPTERS)) {
    // ID3 chapters have no scale: their times are in seconds.
    const perMs = (chapter.timeScale || 1) / 1000
    const startMs = Math.round(chapter.start / perMs)
    const title = chapter.title?.trim().slice(0, MAX_TAG_LENGTH) ?? ''
    if (Number.isFinite(startMs) && startMs >= 0 && title) chapters.push({ startMs, title })
  }
  return { tags, cover, chapters }
}

/** The content type according to the first bytes, or null. The type in the tag is not trusted. */
export function sniffPicture(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\xFF\xD8\xFF')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1A\n')) return 'image/png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  return null
}
