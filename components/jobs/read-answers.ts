export type RunCounts = { total: number; cancellable: number; retryable: number }
export type RunsChanged = { changed: number; failed: number; left: number }

/** One number out of an answer of our own API. */
function numberIn(answer: unknown, name: string): number {
  const value = fieldOf(answer, name)
  if (typeof value !== 'number') throw new TypeError(`The answer has no number “${name}”.`)
  return value
}

/** What `GET /api/v1/runs/count` answers. */
export function readRunCounts(answer: unknown): RunCounts {
  return {
    total: numberIn(answer, 'total'),
    cancellable: numberIn(answer, 'cancellable'),
    retryable: numberIn(answer, 'retryable'),
  }
}

/** What a bulk change answers. */
export function readRunsChanged(answer: unknown): RunsChanged {
  return {
    changed: numberIn(answer, 'changed'),
    failed: numberIn(answer, 'failed'),
    left: numberIn(answer, 'left'),
  }
}

export type PlanRow = {
  letterId: string
  what: string
  /** Why nothing would happen; null when it can be redriven. */
  blockedBecause: string | null
  performs: string[]
  skips: number
}
export type RedrivePlanView = { total: number; rows: PlanRow[] }

/** What a dry run answers, as it is shown. */
export function readRedrivePlan(answer: unknown): RedrivePlanView {
  const letters = fieldOf(answer, 'letters')
  if (!Array.isArray(letters)) throw new TypeError('The answer has no list “letters”.')
  return {
    total: numberIn(answer, 'total'),
    rows: letters.map((letter: unknown) => ({
      letterId: String(fieldOf(letter, 'letterId')),
      what:
        textOf(fieldOf(fieldOf(letter, 'sermon'), 'title')) ?? textOf(fieldOf(letter, 'eventType')) ?? 'Work',
      blockedBecause: textOf(fieldOf(letter, 'blockedBecause')),
      performs: textsOf(fieldOf(letter, 'performs')),
      skips: textsOf(fieldOf(letter, 'skips')).length,
    })),
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : []
