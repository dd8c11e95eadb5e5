import path from 'node:path'
import { parseFile } from 'music-metadata'
import { z } from 'zod'
import { fitFields } from '#lib/sermons/fit-fields.ts'
import { type AudioTags, guessMetadata } from '#lib/sermons/guess-metadata.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'
import type { Api } from './connect-api.ts'

const churchSchema = z.object({
  timeZone: z.string(),
  speakers: z.array(z.string()),
  series: z.array(z.string()),
})

/** What the church knows already: its time zone, and the names that it uses. */
export type ChurchFacts = z.infer<typeof churchSchema>

/** Reads the facts of the church that the guesses need. */
export async function readChurchFacts(api: Api): Promise<ChurchFacts> {
  return churchSchema.parse(await api.request('GET', '/api/v1/church'))
}

/**
 * Guesses the details of a recording from its tags and name like the upload form, shortened to the accepted length.
 * `doubts` says in sentences what a person should look at.
 */
export async function guessRecording(
  filePath: string,
  { timeZone, ...known }: ChurchFacts,
  nowMs: number,
): Promise<{ fields: SermonFields; doubts: string[] }> {
  const guess = guessMetadata(path.basename(filePath), await readTags(filePath), known, { timeZone, nowMs })
  const { fields, shortened } = fitFields(guess.fields)
  const doubts = shortened.map((field) => `The ${field} was too long and is cut.`)
  if (guess.offeredDates.length > 0) {
    doubts.push(`The date can mean ${guess.offeredDates.join(' or ')}. Give it with --date.`)
  }
  return { fields, doubts }
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
      language: common.language,
    }
  } catch {
    // Without tags, only the file name is used.
    return {}
  }
}
