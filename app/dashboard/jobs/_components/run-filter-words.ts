import { runStatusMessages } from '#components/jobs/run-status-pill.tsx'
import type { Translations } from '#components/messages/translations.ts'
import type { MessageKey } from '#lib/messages/languages.ts'

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
export const windows: Record<string, { label: MessageKey<'jobs'>; phrase: MessageKey<'jobs'>; ms: number }> =
  {
    '1h': { label: 'lastHour', phrase: 'inLastHour', ms: hourMs },
    '24h': { label: 'last24Hours', phrase: 'inLast24Hours', ms: 24 * hourMs },
    '7d': { label: 'last7Days', phrase: 'inLast7Days', ms: 7 * 24 * hourMs },
    '30d': { label: 'last30Days', phrase: 'inLast30Days', ms: 30 * 24 * hourMs },
  }

/** The statuses to choose from, with their messages; `live` and `bad` each stand for several. */
export const statusMessages: Readonly<Record<string, MessageKey<'jobs'>>> = {
  live: 'statusLive',
  bad: 'statusBad',
  ...runStatusMessages,
}

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
export function describeRunFilter(
  values: RunFilterValues,
  sermonTitle: string | null,
  t: Translations<'jobs'>,
): string {
  const { status, task, title, error, fingerprint, when, sermon } = values
  const range = windows[when]
  const parts = [
    status ? sayStatus(status, t) : '',
    task ? t('saysTask', { task }) : '',
    sermon ? (sermonTitle ? t('saysSermon', { title: sermonTitle }) : t('saysOneSermon')) : '',
    title ? t('saysTitle', { title }) : '',
    error ? t('saysError', { error }) : '',
    fingerprint ? t('saysErrorKind') : '',
    when === 'between' ? t('saysBetween') : range ? t(range.phrase) : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' · ') : t('saysAll')
}

function sayStatus(status: string, t: Translations<'jobs'>): string {
  const message = statusMessages[status]
  return message ? t(message) : status
}
