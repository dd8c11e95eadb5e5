import path from 'node:path'
import { parseFile } from 'music-metadata'
import { fitFields } from '#lib/sermons/fit-fields.ts'
import { type AudioTags, guessMetadata } from '#lib/sermons/guess-metadata.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'

/** Guesses the details of a recording from its tags and name like the upload form, shortened to the accepted length. */
export async function guessRecording(filePath: string, nowMs: number): Promise<SermonFields> {
  // The time zone of the church is not known here, so a time that falls on two days gives no date.
  const context = { timeZone: null, nowMs }
  const known = { speakers: [], series: [] }
  return fitFields(guessMetadata(path.basename(filePath), await readTags(filePath), known, context).fields)
    .fields
}

async function readTags(filePath: string): Promise<AudioTags> {
  try {
    const { common } = await parseFile(filePath, { duration: false, skipCovers: true })
    return {
      title: common.title,
      artist: common.artist ?? common.albumartist,
      album: common.album,
      date: common.date,
      comment: common.comment?.[0]?.text ?? common.description?.[0],
    }
  } catch {
    // Without tags, only the file name is used.
    return {}
  }
}
