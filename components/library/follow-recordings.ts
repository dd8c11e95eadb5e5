import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import { listPlaces, rememberPlace, removePlace } from '#components/player/remember-listening.ts'
import type { StoredTrack } from '#components/player/stored-track.ts'
import type { Track } from '#components/player/track.ts'
import { nameTrack, readTrackName } from '#components/player/track-name.ts'
import { recordingAddresses } from '#components/sermon/recording-addresses.ts'
import { movePlace } from '#lib/listening/move-place.ts'
import { libraryStore, type OwnLibrary } from './own-library.ts'
import { unavailableSermons } from './unavailable-sermons.ts'

/** As many as one request may name. */
const MAX_ASKED = 100

const presentSchema = v.object({
  sermonId: v.string(),
  recording: v.number(),
  durationMs: v.number(),
  others: v.array(v.object({ recording: v.number(), shiftMs: v.number() })),
})
const answerSchema = v.object({ recordings: v.array(presentSchema) })

/** The present recording of a sermon, as the server says. */
export type PresentRecording = v.InferOutput<typeof presentSchema>

/**
 * Brings what this browser keeps of some sermons to their present recordings: lists, places and bookmarks that were made with
 * another recording. Notes those that cannot be heard any more. Without an answer everything stays as it is.
 */
export async function followRecordings(sermonIds: readonly string[]): Promise<void> {
  for (let start = 0; start < sermonIds.length; start += MAX_ASKED) {
    const asked = sermonIds.slice(start, start + MAX_ASKED)
    const presents = await readPresents(asked)
    if (presents === null) continue
    unavailableSermons.note(asked, new Set(presents.map(({ sermonId }) => sermonId)))
    for (const present of presents) movePlaces(present)
    const before = libraryStore.read()
    const after = moveLibrary(before, presents)
    if (JSON.stringify(after) !== JSON.stringify(before)) libraryStore.change(() => after)
  }
}

/**
 * The track of the present recording with the place of another one in it, which is null where they have nothing in common.
 * `gone` where there is no recording any more, `finished` where nothing is left to hear of it, and null without an answer.
 */
export async function findPresent(
  track: Track,
  positionMs: number,
): Promise<{ track: Track; atMs: number | null } | 'gone' | 'finished' | null> {
  const { sermonId, recording } = readTrackName(track.id)
  const presents = await readPresents([sermonId])
  if (presents === null) return null
  const [present] = presents
  if (!present) return 'gone'
  const shiftMs = present.others.find((other) => other.recording === recording)?.shiftMs
  const { durationMs } = present
  // Waveform and chapters belong to the other recording.
  const found = { ...track, ...partsOf(present), peaks: [], chapters: undefined }
  if (shiftMs === undefined) return { track: found, atMs: null }
  const place = movePlace({ positionMs, isFinished: false }, { shiftMs, durationMs })
  return place.isFinished ? 'finished' : { track: found, atMs: place.positionMs }
}

/** Null without an answer. */
async function readPresents(sermonIds: readonly string[]): Promise<PresentRecording[] | null> {
  const path = `/api/v1/recordings?sermons=${sermonIds.join(',')}`
  const read = v.safeParse(answerSchema, await callApi('GET', path).catch(() => null))
  return read.success ? read.output.recordings : null
}

/** The ids of the sermons in a library, in a fixed order. */
export function sermonsOf({ later, queue, heard, playlists, bookmarks }: OwnLibrary): string[] {
  const tracks = [
    ...[...later, ...queue, ...heard, ...playlists.flatMap((playlist) => playlist.tracks)],
    ...bookmarks.map(({ track }) => track),
  ]
  return [...new Set(tracks.map(({ id }) => readTrackName(id).sermonId))].toSorted()
}

/**
 * A library with the present recordings. A bookmark moves with its sound; one whose sound is not in the present recording
 * stays with its own, which may come back.
 */
export function moveLibrary(library: OwnLibrary, presents: readonly PresentRecording[]): OwnLibrary {
  const presentOf = new Map(presents.map((present) => [present.sermonId, present]))
  const move = (track: StoredTrack): StoredTrack => {
    const { sermonId, recording } = readTrackName(track.id)
    const present = presentOf.get(sermonId)
    return present && present.recording !== recording ? { ...track, ...partsOf(present) } : track
  }
  const moveAll = (tracks: readonly StoredTrack[]) => {
    const moved = tracks.map(move)
    return moved.filter(({ id }, index) => moved.findIndex((other) => other.id === id) === index)
  }
  return {
    ...library,
    later: moveAll(library.later),
    queue: moveAll(library.queue),
    heard: moveAll(library.heard),
    playlists: library.playlists.map((playlist) => ({ ...playlist, tracks: moveAll(playlist.tracks) })),
    bookmarks: library.bookmarks.map((bookmark) => {
      const { sermonId, recording } = readTrackName(bookmark.track.id)
      const present = presentOf.get(sermonId)
      const shiftMs = present?.others.find((other) => other.recording === recording)?.shiftMs
      if (!present || shiftMs === undefined) return bookmark
      const atMs = bookmark.atMs + shiftMs
      if (atMs < 0 || atMs >= present.durationMs) return bookmark
      return { ...bookmark, track: { ...bookmark.track, ...partsOf(present) }, atMs }
    }),
  }
}

function movePlaces({ sermonId, recording, durationMs, others }: PresentRecording): void {
  for (const { id, positionMs, listenedAtMs } of listPlaces()) {
    const other = readTrackName(id)
    const shiftMs = others.find((one) => one.recording === other.recording)?.shiftMs
    if (other.sermonId !== sermonId || shiftMs === undefined) continue
    const moved = movePlace({ positionMs, isFinished: false }, { shiftMs, durationMs })
    rememberPlace(nameTrack(sermonId, recording), moved.positionMs, { listenedAtMs })
    removePlace(id)
  }
}

const partsOf = ({ sermonId, recording, durationMs }: PresentRecording) => ({
  id: nameTrack(sermonId, recording),
  ...recordingAddresses(sermonId, recording),
  durationMs,
})
