import { runStatusWords } from '#components/jobs/run-status-pill.tsx'

/** The filters of the runs as they stand in the address; nothing is an empty text. */
export type RunFilterValues = {
  status: string
  task: string
  /** A sermon's id, set by links only. */
  sermon: string
  title: string
  error: string
  /** An error group, set by links only. */
  fingerprint: string
  /** A key of `windows`, or `between` with `since` and `until`. */
  when: string
  since: string
  until: string
}

export const noFilter: RunFilterValues = {
  status: '',
  task: '',
  sermon: '',
  title: '',
  error: '',
  fingerprint: '',
  when: '',
  since: '',
  until: '',
}

const hourMs = 3_600_000

/** Time ranges that end now. */
export const windows: Record<string, { label: string; ms: number }> = {
  '1h': { label: 'Last hour', ms: hourMs },
  '24h': { label: 'Last 24 hours', ms: 24 * hourMs },
  '7d': { label: 'Last 7 days', ms: 7 * 24 * hourMs },
  '30d': { label: 'Last 30 days', ms: 30 * 24 * hourMs },
}

export const groupWords: Record<string, string> = { live: 'Not ended', bad: 'Failed (any reason)' }

export const statusOptions = [
  { value: '', label: 'Any' },
  ...Object.entries({ ...groupWords, ...runStatusWords }).map(([value, label]) => ({ value, label })),
]

/** Reads the filters out of an address. */
export function readRunFilter(query: Record<string, string>): RunFilterValues {
  const values = { ...noFilter }
  for (const name of filterNames) values[name] = query[name]?.slice(0, 200) ?? ''
  return values
}

const filterNames = [
  'status',
  'task',
  'sermon',
  'title',
  'error',
  'fingerprint',
  'when',
  'since',
  'until',
] as const satisfies (keyof RunFilterValues)[]

/** The same filters as the server asks the database for, with times that can be compared. */
export function toRunQuery(
  { when, since, until, ...values }: RunFilterValues,
  nowMs: number,
): Record<string, string> {
  const range = windows[when]
  const times =
    when === 'between'
      ? { since, until }
      : range
        ? { since: new Date(nowMs - range.ms).toISOString(), until: '' }
        : {}
  return Object.fromEntries(Object.entries({ ...values, ...times }).filter(([, value]) => value !== ''))
}

/** Describes a filter in words, to be read before its runs are changed. */
export function describeRunFilter(values: RunFilterValues, sermonTitle: string | null): string {
  const { status, task, title, error, fingerprint, when, sermon } = values
  const parts = [
    status ? (groupWords[status] ?? labelOf(status)) : '',
    task ? `task ${task}` : '',
    sermon ? `sermon “${sermonTitle ?? 'one'}”` : '',
    title ? `title with “${title}”` : '',
    error ? `error with “${error}”` : '',
    fingerprint ? 'one kind of error' : '',
    when === 'between' ? 'a time range' : (windows[when]?.label.toLowerCase() ?? ''),
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' · ') : 'all runs'
}

function labelOf(status: string): string {
  return statusOptions.find(({ value }) => value === status)?.label ?? status
}
