import type { Track } from './track.ts'

/** What is stored on this device of a recording beside its audio. */
export type SavedTexts = {
  track: Pick<Track, 'chapters'>
  transcript: {
    words: readonly (readonly [text: string, startMs: number, endMs: number])[]
    sentences: readonly (readonly [firstWord: number, lastWord: number])[]
  } | null
}

/** Reads them by the id of the track; null when the recording is not stored. */
export type ReadSavedTexts = (trackId: string) => Promise<SavedTexts | null>

const readNothing: ReadSavedTexts = async () => null
let read = readNothing

/** Takes them from there. Returns a function that stops this. */
export function readSavedTextsFrom(reader: ReadSavedTexts): () => void {
  read = reader
  return () => {
    read = readNothing
  }
}

/** What is stored of a recording; null when nothing is, and when the storage cannot be read. */
export const readSavedTexts: ReadSavedTexts = (trackId) => read(trackId).catch(() => null)
