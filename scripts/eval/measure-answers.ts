import type { Target } from './target.ts'

export type AnswerCase = {
  kind: string
  query: string
  /** The right sermons; none where nothing was preached on it. */
  sermons: readonly string[]
}

export type KindResult = {
  cases: number
  answered: number
  /** Only the nearest moments were given. */
  related: number
  refused: number
  /** Of the answered: the first quote is from a right sermon. */
  firstRight: number
}

export type AnswersResult = {
  kinds: Record<string, KindResult>
  quotes: number
  /** Quotes that stand in their sermon's text word for word. */
  verbatim: number
  /** Answered from another sermon, refused though there was an answer, or not refused though there was none. */
  wrong: string[]
}

/** Asks questions with and without an answer in the library. `keys` and `texts` are by sermon id and by key. */
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

/** Questions with an answer for each one without, in the figure for precision. */
const ANSWERABLE_SHARE = 3

/**
 * `recall`: the share of the unanswerable that is refused. `precision`: the share of refusals that are right
 * where three of four questions have an answer, each kind asked as often. `firstRight`: the share of
 * answers whose first quote is from a right sermon, over all kinds and for `free` questions alone.
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
