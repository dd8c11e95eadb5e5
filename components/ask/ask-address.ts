import type { AskScopeOption } from '#lib/ask/ask-scope-options.ts'
import { followQuestion, MAX_EARLIER } from '#lib/ask/follow-question.ts'

export const scopeKinds = ['sermon', 'series', 'speaker', 'all'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** The parameters of the address of `/ask`; empty if not given. */
export type AskAddress = {
  question: string
  /** The questions that this one is read together with, oldest first. */
  earlier: readonly string[]
  /** Slugs of the sermon, series or speaker that the page was opened from. */
  sermon: string
  series: string
  speaker: string
  /** Which of them is asked; null for the narrowest one. */
  scope: ScopeKind | null
}

/** The longest question that the page takes. */
export const MAX_QUESTION = 500
/** The longest slug of a sermon, series or speaker. */
export const MAX_SLUG = 200

/** Reads the parameters of `/ask`. Anything unknown counts as left out. */
export function readAskAddress(params: Pick<URLSearchParams, 'get' | 'getAll'>): AskAddress {
  const question = readText(params.get('q'), MAX_QUESTION)
  const earlier = params
    .getAll('earlier')
    .slice(-MAX_EARLIER)
    .map((text) => readText(text, MAX_QUESTION))
    .filter((text) => text !== '' && text !== question)
  const scope = params.get('scope')
  return {
    question,
    earlier: joinedTo(question, earlier),
    sermon: readText(params.get('sermon'), MAX_SLUG),
    series: readText(params.get('series'), MAX_SLUG),
    speaker: readText(params.get('speaker'), MAX_SLUG),
    scope: scopeKinds.find((kind) => kind === scope) ?? null,
  }
}

function readText(value: string | null, max: number): string {
  return (value ?? '').replaceAll('\0', '').replace(/\s+/g, ' ').trim().slice(0, max)
}

/** The address of `/ask` with its parameters, in a fixed order. */
export function writeAskAddress(address: AskAddress): string {
  const { question, earlier, sermon, series, speaker, scope } = address
  const params = new URLSearchParams()
  if (question !== '') params.set('q', question)
  for (const text of earlier) params.append('earlier', text)
  for (const [name, value] of Object.entries({ sermon, series, speaker, scope: scope ?? '' })) {
    if (value !== '') params.set(name, value)
  }
  const query = params.toString()
  return query === '' ? '/ask' : `/ask?${query}`
}

/** The questions to which a next one may refer, oldest first. */
export function questionsBefore({ question, earlier }: AskAddress): string[] {
  return [...earlier, question].filter((text) => text !== '').slice(-MAX_EARLIER)
}

/** The address of the next question. Earlier questions are kept only if it refers to them. */
export function nextAddress(address: AskAddress, question: string): AskAddress {
  const earlier = questionsBefore(address).filter((text) => text !== question)
  return { ...address, question, earlier: joinedTo(question, earlier) }
}

function joinedTo(question: string, earlier: readonly string[]): readonly string[] {
  return followQuestion(question, earlier) === question ? [] : earlier
}

/** The sermon, series or speaker that the address asks; null for every sermon. */
export function chosenScope(
  { scope }: AskAddress,
  options: readonly AskScopeOption[],
): AskScopeOption | null {
  if (scope === 'all') return null
  return options.find(({ kind }) => kind === scope) ?? options[0] ?? null
}

/** The body of `POST /api/v1/ask` for an address, or null where it asks nothing. */
export function askBody(address: AskAddress, options: readonly AskScopeOption[]): string | null {
  const { question, earlier } = address
  if (question === '') return null
  const scope = chosenScope(address, options)
  return JSON.stringify({
    question,
    earlier,
    ...(scope?.kind === 'sermon' ? { sermonId: scope.sermonId } : {}),
    ...(scope?.kind === 'series' ? { series: scope.slug } : {}),
    ...(scope?.kind === 'speaker' ? { speaker: scope.slug } : {}),
  })
}
