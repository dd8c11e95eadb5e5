import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { analyseTexts } from '#lib/search/analyse-text.ts'
import { type SearchScope, visibleSermons } from '#lib/search/search-scope.ts'
import { meaningOf, wordMeanings } from '#lib/search/word-meanings.ts'
import type { Quote } from './answer.ts'
import { chooseKeySentences } from './choose-key-sentences.ts'

const KEY_SENTENCES = 4

const row = z.object({
  sermonId: z.string(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  isTextOnly: z.boolean(),
  mediaRevision: z.number(),
  transcriptId: z.string(),
  isDraft: z.boolean(),
  language: z.string(),
  words: z.array(z.tuple([z.string(), z.number(), z.number()])),
  sentences: z.array(z.tuple([z.number().int(), z.number().int()])),
})

/**
 * Selects the key sentences of a sermon as quotes, in their order. Empty if the scope excludes the sermon or it has
 * no transcript.
 */
export async function summariseSermon(
  { db }: { db: Database },
  { sermonId, scope }: { sermonId: string; scope: SearchScope },
): Promise<Quote[]> {
  const { rows } = await db.execute(sql`
    select s.id as "sermonId", s.slug, s.title, sp.name as speaker, s.is_text_only as "isTextOnly",
      s.media_revision as "mediaRevision", t.id as "transcriptId", t.is_draft as "isDraft", t.language,
      t.words, t.sentences
    from sermons s
    join transcripts t on t.sermon_id = s.id and t.media_revision = s.media_revision
    left join speakers sp on sp.id = s.speaker_id
    where s.transcript_status = 'ready' and ${visibleSermons({ ...scope, sermonId })}
    order by t.revision desc limit 1`)
  const [found] = z.array(row).parse(rows)
  if (!found) return []
  const { words, sentences, language, ...sermon } = found
  const texts = sentences.map(([first, last]) =>
    words
      .slice(first, last + 1)
      .map(([word]) => word)
      .join(' '),
  )
  const analysed = await analyseTexts(db, texts, language)
  const table = wordMeanings()
  const chosen = chooseKeySentences(
    texts.map((text, place) => {
      const terms = analysed[place]?.terms ?? []
      return { words: text.split(' ').length, terms, meaning: meaningOf(table, terms) }
    }),
    KEY_SENTENCES,
  )
  return chosen.flatMap((place): Quote[] => {
    const [firstWord, lastWord] = sentences[place] ?? [0, -1]
    const [first, last] = [words[firstWord], words[lastWord]]
    if (!first || !last) return []
    const text = texts[place] ?? ''
    return [{ ...sermon, firstWord, lastWord, startMs: first[1], endMs: last[2], text, language }]
  })
}
