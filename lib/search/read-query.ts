import type { Database } from '#lib/db/connect-database.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { rangeShape, type VerseRange } from '#lib/scripture/verse-range.ts'
import { analyseQuery } from './analyse-text.ts'
import { correctSpelling } from './correct-spelling.ts'
import { findNamedSpeakers, type NamedSpeakers } from './find-named-speakers.ts'
import type { PassageIndex } from './passage-index.ts'
import { readLibrary } from './read-library.ts'
import { type RelatedTerm, relatedTerms } from './related-terms.ts'
import { countWindows, rarity } from './score-windows.ts'
import { meaningOf, type WordMeanings, wordMeanings } from './word-meanings.ts'
import { foldWord, wordsOfText } from './words-of-text.ts'

/** One word of a query as it is searched for in this library. */
export type QueryTerm = {
  word: string
  /** Its terms, one for each language, or the corrected spellings. */
  terms: readonly string[]
  /** The word of the library that is meant, where this one is not in it and `terms` are those of words spelled nearly so. */
  corrected: string | null
  /** Places among the words of the query. */
  positions: readonly number[]
  /** 1 for the subject, less for the words of asking, 0 for the name of a speaker. */
  weight: number
  /** What it counts in the details of a sermon. */
  headingWeight: number
  /** Rarity among the windows of the library. */
  idf: number
  /** About how many windows hold it. */
  found: number
  related: readonly RelatedTerm[]
}

export type SearchQuery = {
  text: string
  terms: QueryTerm[]
  references: VerseRange[]
  /** It names chapters or verses and no other subject: only what speaks on them is wanted. */
  isReference: boolean
  /** The unit vector of its meaning, or null where none of its words has one. */
  meaning: Float32Array | null
  /** It asks something; otherwise it names a subject or describes a moment. */
  isQuestion: boolean
  /** The text is written in letters that no sermon of the library uses. */
  isForeign: boolean
  /** The names of the speakers that it names in addition to its subject; null if it names none. */
  speakers: ReadonlySet<string> | null
  /** A preacher that it names by title and the library does not have. */
  unknownSpeaker: string | null
}

/** Longer questions are cut: the important words usually come first, and every term costs time. */
const MAX_LENGTH = 600
const MAX_TERMS = 16
const ASKING_WEIGHT = 0.3
/** In a small library a word is also judged by how rare it usually is, as if there were so many more windows. */
const USUAL_WINDOWS = 300
/** A word in more of the windows than this share is not taken for a name without further signs. */
const MAX_SAID_NAME = 0.005
/** So many words, by how often they are used, are in general use. */
const ORDINARY_WORDS = 2_500

const askingWords = new Set(
  `sermon sermons preacher pastor minister preach preached preaching talk talks talking talked speak speaks spoke spoken speaking
  tell tells told explain explains mean means meaning meant discuss mention mentions mentioned address
  question questions answer answers ask asks asking asked please want wants help helps find show give gives given describe
  think thinks thought believe happen happens happened happening know known knows learn
  advice guidance reason reasons way ways feel feels feeling life lives live living man men people person persons
  bible verse verses passage text christian christians church today modern really actually good bad best better matter matters
  start begin look looking come comes coming take takes put keep right wrong true difference different between kind sort anyone
  stop deal deals handle cope manage avoid try trying need needs become suppose supposed able possible important
  first second same following next last new old big great little long time times day days year years`.split(
    /\s+/,
  ),
)

/** Words that are the subject where a query has no other: “How do I become a Christian?” */
const lastSubjects = new Set(
  'christian christians church churches bible life man guidance believe'.split(' '),
)

/** Those of languages with Latin letters, where the database does not take them for stop words. */
const latinAskingWords = new Set(
  `quien quienes cual cuales cuanto cuanta cuantos cuando donde como porque significa dice
  qui quoi pourquoi comment ou quand quel quelle quels quelles combien signifie
  wer wen wem was wann wo wie warum wieso welche welcher welches bedeutet
  quem qual quais quando onde porque quanto
  chi cosa come dove quando perche quale quali
  wie wat waar wanneer waarom hoe welke`.split(/\s+/),
)
/** Those of languages with other letters. */
const otherAskingWords = new Set(
  `谁 誰 什么 什麼 甚么 为什么 為什麼 怎么 怎麼 怎样 如何 哪里 哪裡 哪 哪些 多少 吗 嗎 呢 是 的 了 有 在 和 也 都 就 请 請
  何 なに なぜ どうして どう どの どこ いつ です ます でし まし か は が を に の と も で へ や する した して こと もの ある いる ください
  ใคร อะไร ทำไม อย่างไร ยังไง ที่ไหน ไหน เมื่อไร เมื่อไหร่ คือ เป็น ไหม หรือ และ ของ
  מי מה למה מדוע איך כיצד איפה היכן מתי האם הוא היא הם הן זה זאת את של על עם
  من ما ماذا لماذا كيف أين متى هل هو هي هم هذا هذه في على عن
  누구 누가 무엇 뭐 왜 어떻게 어디 언제`
    .split(/\s+/)
    .map(foldWord),
)

/** Whether a word only asks, and names no subject. `language` is that of the query, null where it is not known. */
export function isAskingWord(word: string, language: string | null = 'en'): boolean {
  if (otherAskingWords.has(word)) return true
  return (language === null || language === 'en' ? askingWords : latinAskingWords).has(word)
}

const asks =
  /[?？]\s*$|^\s*(?:who|whom|whose|what|which|when|where|why|how|is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|must|has|have|explain|tell|describe)\b/iu

/**
 * What a typed query or question asks of this library. `terms` is empty where it has no word of content. With
 * `keepSpelling` a word that the library does not hold is not taken for a misspelling.
 */
export async function readQuery(
  db: Database,
  index: PassageIndex,
  text: string,
  { keepSpelling = false } = {},
): Promise<SearchQuery> {
  const kept = text.normalize('NFKC').slice(0, MAX_LENGTH)
  const references = findReferences(kept)
  const { languages } = readLibrary(index)
  const analyse = (part: string) => analyseQuery(db, part, languages)
  // The verses are compared as ranges: their words would also find "1 John 3" for "John 3".
  const besides = references.length === 0 ? null : await analyse(withoutReferences(kept, references))
  const beside = besides?.words ?? []
  const hasSubject = beside.some(
    ({ word, terms: own }) => own.length > 0 && !isAskingWord(word, besides?.language),
  )
  const { words, language } = hasSubject && besides ? besides : await analyse(kept)
  // The table of word meanings is English: “pastor” in Spanish has the same letters.
  const isEnglish = language === null || language === 'en'
  const terms = new Map<string, QueryTerm>()
  const table = wordMeanings()
  for (const { word, terms: own, position } of words) {
    const key = own.join(' ')
    const known = terms.get(key)
    if (known) terms.set(key, { ...known, positions: [...known.positions, position] })
    else if (own.length > 0) {
      const weighed = weighWord(index, { word, own, keepSpelling, isEnglish })
      const weight = isAskingWord(word, language) ? ASKING_WEIGHT : 1
      // A word of asking that is not in the library, such as a title before a name, has no weight.
      const idf = weight < 1 && weighed.found === 0 ? 0 : weighed.idf
      terms.set(key, { ...weighed, idf, word, positions: [position], weight, headingWeight: weight })
    }
  }
  const { named, subject } = withoutNames([...terms.values()], nameSpeakers(index, table, words, terms))
  // The words of asking go first where there are too many; in their own order otherwise.
  const chosen = subject.sort((a, b) => b.weight - a.weight).slice(0, MAX_TERMS)
  const meaning = meaningOf(
    table,
    chosen.flatMap(({ terms: own, weight }) => (weight === 1 ? own : [])),
  )
  return {
    text: kept,
    terms: chosen,
    references,
    isReference:
      references.length > 0 &&
      !hasSubject &&
      references.every((reference) => rangeShape(reference).shape !== 'books'),
    meaning: !isEnglish
      ? null
      : toUnit(
          meaning ??
            meaningOf(
              table,
              chosen.flatMap(({ terms: own }) => own),
            ),
        ),
    isQuestion: asks.test(kept),
    isForeign: isForeign(index, kept, chosen),
    speakers: named && named.names.size > 0 ? named.names : null,
    unknownSpeaker: named?.unknown ?? null,
  }
}

function withoutReferences(
  text: string,
  references: readonly { startOffset: number; endOffset: number }[],
): string {
  let at = 0
  let rest = ''
  for (const { startOffset, endOffset } of references) {
    rest += `${text.slice(at, startOffset)} `
    at = endOffset
  }
  return rest + text.slice(at)
}

/** Whether the query has only words of asking: then only a passage with these words in order is an answer. */
export function hasNoSubject({ terms, references }: SearchQuery): boolean {
  return references.length === 0 && terms.every(({ weight }) => weight < 1)
}

function weighWord(
  index: PassageIndex,
  {
    word,
    own,
    keepSpelling,
    isEnglish,
  }: { word: string; own: string[]; keepSpelling: boolean; isEnglish: boolean },
): Pick<QueryTerm, 'terms' | 'corrected' | 'idf' | 'found' | 'related'> {
  const table = wordMeanings()
  const corrections = keepSpelling ? [] : correctSpelling(index, table, { word, own })
  const inUse = own.filter((term) => index.termNumbers.has(term))
  const terms = corrections.length === 0 ? own : [...inUse, ...corrections.map(({ term }) => term)]
  const corrected = inUse.length === 0 ? (corrections[0]?.word ?? null) : null
  const found = countWindows(index, terms)
  const related = isEnglish ? terms.flatMap((term) => relatedTerms(index, table, term)) : []
  // A word that is not in the library is as rare as the words nearest to it.
  const counted =
    found > 0
      ? found
      : Math.min(
          index.windows,
          related.reduce((sum, { term, weight }) => sum + weight * countWindows(index, [term]), 0),
        )
  const usual = Math.max(...terms.map((term) => usualShare(table, term)))
  const idf = rarity(counted + USUAL_WINDOWS * usual, index.windows + USUAL_WINDOWS)
  return { terms, corrected, found, idf, related }
}

/** In about what share of the windows of any library a term is: stems are stored by how often they are used. */
function usualShare({ rowOf, stems }: WordMeanings, term: string): number {
  return 1 / (2 + (rowOf.get(term) ?? stems.length) / 5)
}

function nameSpeakers(
  index: PassageIndex,
  table: WordMeanings,
  words: readonly { word: string; position: number; terms: readonly string[] }[],
  terms: ReadonlyMap<string, QueryTerm>,
): NamedSpeakers | null {
  const read = words.map(({ word, terms: own }) => ({ word, term: terms.get(own.join(' ')) }))
  const spelled = read.map(({ word, term }) => term?.corrected ?? word)
  const termOf = new Map(read.map(({ term }, place) => [spelled[place], term]))
  const rank = (term: string) => table.rowOf.get(term) ?? ORDINARY_WORDS
  const found = findNamedSpeakers(spelled, {
    speakers: readLibrary(index).speakers,
    isOrdinary: (word) => termOf.get(word)?.terms.some((term) => rank(term) < ORDINARY_WORDS) ?? true,
    isRare: (word) => (termOf.get(word)?.found ?? Number.POSITIVE_INFINITY) <= MAX_SAID_NAME * index.windows,
  })
  const places = [...(found?.positions ?? []), ...(found?.around ?? [])]
  const positions = places.flatMap((place) => words[place]?.position ?? [])
  return found && { ...found, positions: new Set(positions) }
}

/** The words of a name are no subject. If the query names only a speaker, the name is the subject. */
function withoutNames(
  terms: QueryTerm[],
  named: NamedSpeakers | null,
): { named: NamedSpeakers | null; subject: QueryTerm[] } {
  const subject = terms.map((term) =>
    named && term.positions.every((position) => named.positions.has(position))
      ? { ...term, weight: 0 }
      : term,
  )
  return subject.some(({ weight }) => weight > 0)
    ? { named, subject: withSubject(subject) }
    : { named: null, subject: withSubject(terms) }
}

function withSubject(terms: QueryTerm[]): QueryTerm[] {
  if (terms.some(({ weight }) => weight === 1)) return terms
  return terms.map((term) => (lastSubjects.has(term.word) ? { ...term, weight: 1, headingWeight: 1 } : term))
}

function isForeign(index: PassageIndex, text: string, terms: readonly QueryTerm[]): boolean {
  const usesOtherLetters = wordsOfText(text).some((word) => /[^\p{Script=Latin}\p{N}\p{M}]/u.test(word))
  return (
    usesOtherLetters && terms.every(({ terms: own }) => own.every((term) => !index.termNumbers.has(term)))
  )
}

function toUnit(vector: Float32Array | null): Float32Array | null {
  const length = vector ? Math.hypot(...vector) : 0
  return vector && length > 0 ? vector.map((value) => value / length) : null
}
