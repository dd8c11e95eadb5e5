import type { Target } from './target.ts'

export type AnswerCase = {
  kind: string
  query: string
  /** The right sermons; empty when no sermon answers the question. */
  sermons: readonly string[]
}

export type KindResult = {
  cases: number
  answered: number
  /** Answered with only the nearest moments. */
  related: number
  refused: number
  /** How many of the answered have a first quote from a right sermon. */
  firstRight: number
}

export type AnswersResult = {
  kinds: Record<string, KindResult>
  quotes: number
  /** Quotes that are in their sermon's text word for word. */
  verbatim: number
  /** Answered from another sermon, refused although there is an answer, or not refused although there is none. */
  wrong: string[]
}

/** Measures questions with and without an answer in the library. `keys` is by sermon id, `texts` by key. */
export async function measureAnswers(
  target: Target,
  input: {
    cases: readonly AnswerCase[]
    keys: ReadonlyMap<string, string>
    texts: ReadonlyMap<string, string>
  },
): Promise<AnswersResult> {
  const result: AnswersResult = { kinds: {}, quotes: 0, verbatim: 0, wrong: [] }
  for (const { kind, query, sermons } of input.cases) {
    const own = result.kinds[kind] ?? { cases: 0, answered: 0, related: 0, refused: 0, firstRight: 0 }
    result.kinds[kind] = own
    own.cases += 1
    const { refused, quotes } = await target.ask(query)
    for (const { sermonId, text } of quotes) {
      result.quotes += 1
      const whole = input.texts.get(input.keys.get(sermonId) ?? '') ?? ''
      if (plain(whole).includes(plain(text))) result.verbatim += 1
    }
    const first = input.keys.get(quotes[0]?.sermonId ?? '') ?? ''
    const isRight = quotes.length > 0 && sermons.includes(first)
    if (refused) own.refused += 1
    else if (quotes.length === 0) own.related += 1
    else own.answered += 1
    own.firstRight += Number(isRight)
    if (refused !== (sermons.length === 0) || (quotes.length > 0 && !isRight)) {
      result.wrong.push(`${kind}: ${query} -> ${refused ? 'refused' : first || 'related'}`)
    }
  }
  return result
}

const plain = (text: string) => text.replace(/\s+/g, ' ')

/** The number of questions with an answer per question without one, in the figure for precision. */
const ANSWERABLE_SHARE = 3

/**
 * `recall`: the share of unanswerable questions that is refused. `precision`: the share of right refusals
 * when three of four questions have an answer, with equal weight for each kind. `firstRight`: the share of
 * answers with a first quote from a right sermon, over all kinds and over `free` questions only.
 */
export function summarise({ kinds, quotes, verbatim }: AnswersResult) {
  const { unanswerable, ...answerable } = kinds
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  const all = Object.values(answerable)
  const recall = share(unanswerable?.refused ?? 0, unanswerable?.cases ?? 0)
  const wrongly = share(
    all.reduce((sum, kind) => sum + share(kind.refused, kind.cases), 0),
    all.length,
  )
  const firstRight = (results: readonly KindResult[]) =>
    share(
      results.reduce((sum, kind) => sum + share(kind.firstRight, kind.cases), 0),
      results.reduce((sum, kind) => sum + share(kind.answered, kind.cases), 0),
    )
  const free = [answerable.paraphrase, answerable.concept].flatMap((kind) => kind ?? [])
  return {
    refusal: { precision: share(recall, recall + ANSWERABLE_SHARE * wrongly), recall },
    answers: { firstRight: firstRight(all), freeFirstRight: firstRight(free) },
    quotes: { verbatim: quotes === 0 ? 1 : verbatim / quotes },
  }
}
