import { runStatusMessages } from '#components/jobs/run-status-pill.tsx'
import { runWindows } from '#components/jobs/run-windows.ts'
import type { Translations } from '#components/messages/translations.ts'
import type { MessageKey } from '#lib/messages/languages.ts'

/** The filters of the runs as in the address; an unset filter is an empty text. */
export type RunFilterValues = {
  status: string
  task: string
  /** A sermon's id, set by links only. */
  sermon: string
  title: string
  error: string
  /** An error group, set by links only. */
  fingerprint: string
  /** A key of `runWindows`, or `between` with `since` and `until`. */
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

/** The statuses to choose from, with their messages; `live` and `bad` each mean several statuses. */
export const statusMessages: Readonly<Record<string, MessageKey<'jobs'>>> = {
  live: 'statusLive',
  bad: 'statusBad',
  ...runStatusMessages,
}

/** Reads the filters from the query of an address. */
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

/** Converts the filters to query parameters of the API, with absolute times. */
export function toRunQuery(
  { when, since, until, ...values }: RunFilterValues,
  nowMs: number,
): Record<string, string> {
  const range = runWindows[when]
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
  const range = runWindows[when]
  const parts = [
    status ? formatStatus(status, t) : '',
    task ? t('filterWordsTask', { task }) : '',
    sermon ? (sermonTitle ? t('filterWordsSermon', { title: sermonTitle }) : t('filterWordsOneSermon')) : '',
    title ? t('filterWordsTitle', { title }) : '',
    error ? t('filterWordsError', { error }) : '',
    fingerprint ? t('filterWordsErrorKind') : '',
    when === 'between' ? t('filterWordsBetween') : range ? t(range.phrase) : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' · ') : t('filterWordsAll')
}

function formatStatus(status: string, t: Translations<'jobs'>): string {
  const message = statusMessages[status]
  return message ? t(message) : status
}
