import { setImmediate } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { formerSlugs, topics } from '#lib/db/schema.ts'
import { analyseTexts } from '#lib/search/analyse-text.ts'
import { freshIndex } from '#lib/search/live-index.ts'
import type { PassageIndex, SermonEntry } from '#lib/search/passage-index.ts'
import { slugOfName } from '#lib/sermons/find-or-create-names.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { chooseTopics } from './choose-topics.ts'
import { commonTopics } from './common-topics.ts'
import { createPhraseCounter, type Subject } from './count-phrases.ts'

/** How often the name of a church's own topic usually is among a thousand terms, as far as nothing is known of it. */
const USUAL_OF_OWN = 1
/** The library says as much about what is usual as the built-in list when it has this many terms. */
const TERMS_OF_LIST = 100_000
/** As many other sermons tell well enough what is usual. */
const MAX_COMPARED = 300
const COUNTED_AT_ONCE = 10
const [TITLE, DESCRIPTION] = [0, 3]

type Candidate = Subject & { usual: number }

/**
 * The topics that the current transcript of a sermon speaks of far more than is usual and that the sermon does not have,
 * the clearest first. Empty for a sermon that is not indexed yet, and for a text that speaks of none. Throws `not_found`.
 */
export async function suggestTopics(
  { db }: { db: Database },
  { churchId, sermonId }: { churchId: string; sermonId: string },
): Promise<string[]> {
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  const index = await freshIndex(db, { sinceMs: performance.now() })
  const entry = index.sermons.get(sermonId)
  if (!entry) return []
  const has = new Set(sermon.topics.map(({ slug }) => slug))
  const candidates = (await listCandidates(db, { churchId, language: entry.language })).filter(
    ({ name }) => !has.has(slugOfName(name)),
  )
  return chooseTopics(await measure(index, entry, candidates))
}

/** How much a sermon speaks of each candidate, compared with the other sermons of its church in its language. */
async function measure(index: PassageIndex, sermon: SermonEntry, candidates: readonly Candidate[]) {
  const counter = createPhraseCounter(index, candidates)
  const [own, others] = [counter.start(), counter.start()]
  counter.add(own, sermon)
  for (const other of index.sermons.values()) {
    if (others.sermons === MAX_COMPARED) break
    if (other === sermon || other.churchId !== sermon.churchId || other.language !== sermon.language) continue
    counter.add(others, other)
    // Other requests go on in between: all of this takes up to a second.
    if (others.sermons % COUNTED_AT_ONCE === 0) await setImmediate()
  }
  const named = counter.find([...(sermon.headings[TITLE] ?? []), ...(sermon.headings[DESCRIPTION] ?? [])])
  return candidates.map(({ name, usual }, place) => {
    const known = (usual * TERMS_OF_LIST) / 1000 + (others.times[place] ?? 0)
    return {
      name,
      times: own.times[place] ?? 0,
      expected: (known / (TERMS_OF_LIST + others.terms)) * own.terms,
      share: (own.passages[place] ?? 0) / Math.max(1, sermon.passages),
      isNamed: named.has(place),
    }
  })
}

/**
 * The topics of the church by the words of their names and, in English, the common ones. What a church calls by a name of
 * its own, or has merged with another topic, is suggested by the church's name.
 */
async function listCandidates(
  db: Database,
  { churchId, language }: { churchId: string; language: string },
): Promise<Candidate[]> {
  const [rows, former] = await Promise.all([
    db
      .select({ id: topics.id, slug: topics.slug, name: topics.name })
      .from(topics)
      .where(eq(topics.churchId, churchId))
      .orderBy(topics.name)
      .limit(1000),
    db
      .select({ slug: formerSlugs.slug, topicId: formerSlugs.topicId })
      .from(formerSlugs)
      .where(and(eq(formerSlugs.churchId, churchId), eq(formerSlugs.kind, 'topic'))),
  ])
  const parts = rows.map(({ name }) => name.split(/[&/,;]|\sand\s/i))
  const phrases = (await analyseTexts(db, parts.flat(), language)).map(({ terms }) => terms)
  const own = rows.map((row, place) => {
    const start = parts.slice(0, place).flat().length
    const named = phrases.slice(start, start + (parts[place]?.length ?? 0)).filter(({ length }) => length > 0)
    return { ...row, phrases: named }
  })
  const common = language === 'en' ? await readCommonTopics(db) : []
  const owners = common.map(({ slug, key }) => {
    const merged = former.find((one) => one.slug === slug)?.topicId
    return own.find(
      ({ id, phrases: [first, ...more] }) => id === merged || (more.length === 0 && first?.join(' ') === key),
    )
  })
  return [
    ...own.map((topic) => {
      const same = common.filter((_, place) => owners[place] === topic)
      return {
        name: topic.name,
        usual: same.reduce((sum, { usual }) => sum + usual, 0) || USUAL_OF_OWN,
        phrases: [...topic.phrases, ...same.flatMap(({ phrases }) => phrases)],
      }
    }),
    ...common.filter((_, place) => owners[place] === undefined),
  ]
}

type CommonTopic = Candidate & { slug: string; key: string }

let analysed: Promise<CommonTopic[]> | undefined

/** The common topics with their words as index terms; `key` is the name as terms. Analysed once per process. */
function readCommonTopics(db: Database): Promise<CommonTopic[]> {
  analysed ??= Promise.all(
    commonTopics.map(async ({ name, words, usual }) => {
      const [key, ...phrases] = await analyseTexts(db, [name, ...words.split(', ')], 'en')
      return {
        ...{ name, usual, slug: slugOfName(name), key: key?.terms.join(' ') ?? '' },
        phrases: phrases.map(({ terms }) => terms),
      }
    }),
  )
  return analysed
}
