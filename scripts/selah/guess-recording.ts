import path from 'node:path'
import { parseFile } from 'music-metadata'
import { fitFields } from '#lib/sermons/fit-fields.ts'
import { type AudioTags, guessMetadata } from '#lib/sermons/guess-metadata.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'

/** What the tags and the name of a recording say, read as the upload form reads them; never longer than is accepted. */
export async function guessRecording(filePath: string, nowMs: number): Promise<SermonFields> {
  // The zone of the church is not known here: a moment that is on two days gives no date.
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
    // Without tags the name of the file is enough.
    return {}
  }
}
