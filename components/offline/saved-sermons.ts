import * as v from 'valibot'
import { trackSchema } from '#components/player/stored-track.ts'
import type { Track } from '#components/player/track.ts'
import { audioAddress, cachePrefix, canSave, recordAddress } from './saved-audio.ts'

const transcriptSchema = v.nullable(
  v.object({
    isDraft: v.boolean(),
    isApproximate: v.boolean(),
    words: v.array(v.tuple([v.string(), v.number(), v.number()])),
    sentences: v.array(v.tuple([v.number(), v.number()])),
    paragraphStarts: v.nullable(v.array(v.number())),
    speakerTurns: v.nullable(v.array(v.tuple([v.number(), v.string()]))),
  }),
)
const recordSchema = v.object({
  track: trackSchema,
  transcript: transcriptSchema,
  /** Missing in what was saved before chapters were listed. */
  areChaptersDetected: v.optional(v.boolean(), false),
  sizeBytes: v.number(),
  savedAtMs: v.number(),
})

/** A sermon on this device. */
export type SavedSermon = v.InferOutput<typeof recordSchema>

/** What a page knows of a sermon that is saved with its audio. Its artwork is drawn from its words. */
export type SermonToSave = Pick<SavedSermon, 'transcript' | 'areChaptersDetected'> & { track: Track }

/** The parts of a sermon that hearing and reading along need. */
export const toSavedParts = ({ track, transcript, areChaptersDetected }: SermonToSave) => ({
  track: v.parse(trackSchema, { ...track, language: track.language ?? null }),
  transcript: v.parse(transcriptSchema, transcript),
  areChaptersDetected,
})

/** Every sermon that is complete on this device, the newest first. What an interrupted save left is removed. */
export async function listSavedSermons(isSaving: (trackId: string) => boolean): Promise<SavedSermon[]> {
  if (!canSave()) return []
  const names = (await caches.keys()).filter((name) => name.startsWith(cachePrefix))
  const found = await Promise.all(
    names.map(async (name) => {
      const trackId = name.slice(cachePrefix.length)
      const response = await (await caches.open(name)).match(recordAddress(trackId))
      const record: unknown = await response?.json()
      const parsed = v.safeParse(recordSchema, record)
      if (parsed.success) return [parsed.output]
      if (!isSaving(trackId)) await caches.delete(name)
      return []
    }),
  )
  return found.flat().sort((first, second) => second.savedAtMs - first.savedAtMs)
}

/** What is saved of a sermon beside its audio; null when it is not complete on this device. */
export async function readSavedSermon(trackId: string): Promise<SavedSermon | null> {
  if (!canSave()) return null
  const response = await caches.match(recordAddress(trackId), { cacheName: `${cachePrefix}${trackId}` })
  const parsed = v.safeParse(recordSchema, await response?.json())
  return parsed.success ? parsed.output : null
}

export async function removeSavedSermon(trackId: string): Promise<void> {
  await caches.delete(`${cachePrefix}${trackId}`)
}

/** Stores the record of a sermon, which completes it. */
export async function putRecord(record: SavedSermon): Promise<void> {
  const cache = await caches.open(`${cachePrefix}${record.track.id}`)
  await cache.put(recordAddress(record.track.id), Response.json(record))
}

/** Stores audio as it arrives, so that a long sermon is never in memory as a whole. */
export async function putAudio(trackId: string, body: ReadableStream<Uint8Array>): Promise<void> {
  const cache = await caches.open(`${cachePrefix}${trackId}`)
  await cache.put(audioAddress(trackId), new Response(body, { headers: { 'content-type': 'audio/mp4' } }))
}
