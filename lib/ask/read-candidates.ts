import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { analyseTexts } from '#lib/search/analyse-text.ts'
import type { PassageHit } from '#lib/search/search-passages.ts'

export type CandidateSentence = {
  firstWord: number
  lastWord: number
  startMs: number
  endMs: number
  text: string
  /** Its index terms. */
  terms: readonly string[]
  /** Belongs to the found passage, not to the text around it. */
  isFound: boolean
}

/** A found passage as whole sentences of its transcript, with a few before and after it. */
export type Candidate = { id: string; hit: PassageHit; sentences: CandidateSentence[] }

/** Enough to reach the beginning of the first sentence and the end of the last. */
const SURROUNDING_WORDS = 100

const row = z.object({
  place: z.coerce.number().int(),
  words: z.array(z.tuple([z.string(), z.number(), z.number()])).nullable(),
  sentences: z.array(z.tuple([z.number().int(), z.number().int()])).nullable(),
})

/** Reads the words and sentences around each hit from the transcript it was found in. */
export async function readCandidates(
  { db }: { db: Database },
  found: readonly PassageHit[],
): Promise<Candidate[]> {
  const hits = found.filter(({ transcriptId }) => transcriptId !== null)
  if (hits.length === 0) return []
  const wanted = hits.map((hit, place) => ({
    place,
    id: hit.transcriptId,
    first: Math.max(0, hit.firstWord - SURROUNDING_WORDS),
    last: hit.lastWord + SURROUNDING_WORDS,
  }))
  const { rows } = await db.execute(sql`
    select w.place,
      jsonb_path_query_array(t.words, '$[$first to $last]', jsonb_build_object('first', w.first, 'last', w.last)) as words,
      jsonb_path_query_array(t.sentences, 'strict $[*] ? (@[0] <= $last && @[1] >= $first)',
        jsonb_build_object('first', w.first, 'last', w.last)) as sentences
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(place int, id uuid, first int, last int)
    join transcripts t on t.id = w.id`)
  const byPlace = new Map(
    z
      .array(row)
      .parse(rows)
      .map((found) => [found.place, found]),
  )
  const read = wanted.flatMap(({ place, first }) => {
    const hit = hits[place]
    const stored = byPlace.get(place)
    if (!hit || !stored?.words) return []
    const sentences = wholeSentences(hit, stored.words, stored.sentences ?? [], first)
    return sentences.some(({ isFound }) => isFound) ? [{ id: `p${place + 1}`, hit, sentences }] : []
  })
  return Promise.all(
    read.map(async ({ sentences, ...candidate }) => {
      const analysed = await analyseTexts(
        db,
        sentences.map(({ text }) => text),
        candidate.hit.language,
      )
      return {
        ...candidate,
        sentences: sentences.map((sentence, at) => ({ ...sentence, terms: analysed[at]?.terms ?? [] })),
      }
    }),
  )
}

/** The sentences that are completely within the words that were read. */
function wholeSentences(
  hit: PassageHit,
  words: [string, number, number][],
  sentences: [number, number][],
  offset: number,
): Omit<CandidateSentence, 'terms'>[] {
  return sentences.flatMap(([firstWord, lastWord]) => {
    const spoken = words.slice(Math.max(0, firstWord - offset), lastWord - offset + 1)
    const isWhole = firstWord >= offset && lastWord - offset < words.length && spoken.length > 0
    if (!isWhole) return []
    return {
      firstWord,
      lastWord,
      startMs: spoken[0]?.[1] ?? 0,
      endMs: spoken.at(-1)?.[2] ?? 0,
      text: spoken.map(([text]) => text).join(' '),
      isFound: firstWord <= hit.lastWord && lastWord >= hit.firstWord,
    }
  })
}
