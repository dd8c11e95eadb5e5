import { RelativeTime } from '#components/dates/relative-time.tsx'
import { Elapsed } from '#components/jobs/elapsed.tsx'
import { RunStatusPill } from '#components/jobs/run-status-pill.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { formatElapsed } from '#components/ui/format-elapsed.ts'
import type { AttemptView, RunView } from '#lib/runs/read-run.ts'
import { LogTime } from './log-time.tsx'

const shownLines = 24

/** A value as it was stored. */
export function StoredValue({ value }: { value: unknown }) {
  const t = useTranslations('jobs')
  if (value === undefined || value === null) return <p className="text-sm text-soft">{t('nothing')}</p>
  return <Code text={JSON.stringify(value, null, 2)} />
}

/** Text from a program; of a long text only the first lines are shown. */
function Code({ text }: { text: string }) {
  const t = useTranslations('jobs')
  const lines = text.split('\n')
  if (lines.length <= shownLines * 1.5) return <pre className={code}>{text}</pre>
  return (
    <div>
      <pre className={code}>{lines.slice(0, shownLines).join('\n')}</pre>
      <details className="mt-1.5">
        <summary className="w-fit text-xs text-soft hover:text-ink">
          {t('moreLines', { count: lines.length - shownLines })}
        </summary>
        <pre className={`${code} mt-1.5`}>{lines.slice(shownLines).join('\n')}</pre>
      </details>
    </div>
  )
}

const code = 'rounded-sm bg-sunken p-3.5 font-mono text-xs leading-relaxed whitespace-pre-wrap wrap-anywhere'

/** The error of a run: the message, and the stack on demand. */
export function RunError({
  error,
  isStackOpen = false,
}: {
  error: { name: string; message: string; stack?: string; reason?: string }
  isStackOpen?: boolean
}) {
  const t = useTranslations('jobs')
  return (
    <div className="rounded-card bg-danger-soft px-4 py-3.5" data-error>
      <p className="text-sm font-medium wrap-anywhere">{error.message}</p>
      <p className="mt-0.5 text-xs text-soft">
        {error.name}
        {error.reason ? ` · ${error.reason}` : ''}
      </p>
      {error.stack ? (
        <details className="mt-3" open={isStackOpen}>
          <summary className="w-fit text-xs text-soft hover:text-ink">{t('stack')}</summary>
          <div className="mt-2">
            <Code text={error.stack} />
          </div>
        </details>
      ) : null}
    </div>
  )
}

/** Every attempt of a run, with its times and its error. */
export function Attempts({ attempts }: { attempts: readonly AttemptView[] }) {
  const t = useTranslations('jobs')
  if (attempts.length === 0) return <p className="text-sm text-soft">{t('noAttempts')}</p>
  return (
    <ol className="flex flex-col gap-4" aria-label={t('attempts')}>
      {attempts.map((attempt) => (
        <li key={attempt.attempt} data-attempt={attempt.attempt}>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
            <span className="font-medium">{t('attemptTitle', { number: attempt.attempt })}</span>
            <RunStatusPill status={attempt.status} />
            <span className="figures text-xs text-soft">
              <RelativeTime iso={attempt.startedAt} /> ·{' '}
              <Elapsed startedAt={attempt.startedAt} finishedAt={attempt.finishedAt} />
              {attempt.machine ? ` · ${attempt.machine}` : ''}
            </span>
          </p>
          {attempt.error ? (
            <div className="mt-2">
              <RunError error={attempt.error} />
            </div>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

const levels: Record<string, string> = { error: 'text-danger', warn: 'text-warn' }

/** The log entries, oldest first, with times in the zone of the church. */
export function RunLogs({ logs }: { logs: RunView['logs'] }) {
  const t = useTranslations('jobs')
  if (logs.length === 0) return <p className="text-sm text-soft">{t('noLogs')}</p>
  return (
    <ol
      aria-label={t('logs')}
      className="figures rounded-sm bg-sunken p-3.5 font-mono text-xs leading-relaxed"
    >
      {logs.map((log, index) => (
        <li key={`${log.at}-${String(index)}`} className="flex flex-wrap gap-x-3 wrap-anywhere">
          <LogTime iso={log.at} className="shrink-0 text-faint" />
          <span className={classNames('shrink-0', levels[log.level] ?? 'text-soft')}>{log.level}</span>
          <span className="min-w-0 basis-full">{log.message}</span>
        </li>
      ))}
    </ol>
  )
}

/** The spans of a run, in the order they started. */
export function RunSpans({ spans }: { spans: RunView['spans'] }) {
  const t = useTranslations('jobs')
  if (spans.length === 0) return <p className="text-sm text-soft">{t('noTrace')}</p>
  return (
    <table className="w-full text-xs">
      <caption className="sr-only">{t('trace')}</caption>
      <thead className="text-left text-faint">
        <tr>
          <th scope="col" className="pb-1.5 font-medium">
            {t('what')}
          </th>
          <th scope="col" className="pb-1.5 text-right font-medium">
            {t('took')}
          </th>
        </tr>
      </thead>
      <tbody>
        {spans.map((span) => (
          <tr key={span.spanId}>
            <td
              className={classNames(
                'border-t border-line py-1.5 pr-3 wrap-anywhere',
                span.status === 'error' && 'text-danger',
              )}
            >
              {span.status === 'error' ? t('spanFailed', { name: span.name }) : span.name}
            </td>
            <td className="figures border-t border-line py-1.5 text-right whitespace-nowrap text-soft">
              {formatElapsed(span.durationMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
