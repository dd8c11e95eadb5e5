import type { ReactNode } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import type { RunView, StepView } from '#lib/jobs/read-run.ts'

/** A value as it was stored. */
export function StoredValue({ value }: { value: unknown }) {
  return <Code>{value === undefined || value === null ? 'nothing' : JSON.stringify(value, null, 2)}</Code>
}

function Code({ children }: { children: ReactNode }) {
  return (
    <pre className="rounded-sm bg-sunken p-3.5 font-mono text-xs leading-relaxed whitespace-pre-wrap wrap-anywhere">
      {children}
    </pre>
  )
}

/** What went wrong: the sentence first, the stack for those who want it. */
export function RunError({
  error,
}: {
  error: { name: string; message: string; stack?: string; reason?: string }
}) {
  return (
    <div className="rounded-card bg-danger-soft px-4 py-3.5">
      <p className="text-sm font-medium wrap-anywhere">{error.message}</p>
      <p className="mt-0.5 text-xs text-soft">
        {error.name}
        {error.reason ? ` · ${error.reason}` : ''}
      </p>
      {error.stack ? (
        <details className="mt-3">
          <summary className="w-fit text-xs text-soft hover:text-ink">Stack</summary>
          <div className="mt-2">
            <Code>{error.stack}</Code>
          </div>
        </details>
      ) : null}
    </div>
  )
}

/** The steps of a run with what each of them gave. */
export function StepResults({ steps }: { steps: readonly StepView[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {steps.map((step) => (
        <li key={`${step.workKey}/${step.name}`}>
          <details className="rounded-sm border border-line px-3.5 py-2.5">
            <summary className="text-sm">
              <span className="font-medium">{step.name}</span>
              <span
                className={classNames('ml-2 text-xs', step.status === 'failed' ? 'text-danger' : 'text-soft')}
              >
                {step.status}
                {step.attempt > 1 ? ` · ${step.attempt} tries` : ''}
              </span>
            </summary>
            <div className="mt-2.5">
              {step.error ? <RunError error={step.error} /> : <StoredValue value={step.result} />}
            </div>
          </details>
        </li>
      ))}
    </ul>
  )
}

const levels: Record<string, string> = { error: 'text-danger', warn: 'text-warn' }

/** What was logged, oldest first, in the reader's own clock. */
export function RunLogs({ logs }: { logs: RunView['logs'] }) {
  return (
    <ol aria-label="Logs" className="figures rounded-sm bg-sunken p-3.5 font-mono text-xs leading-relaxed">
      {logs.map((log, index) => (
        <li key={`${log.at}-${String(index)}`} className="flex gap-3 wrap-anywhere">
          <time dateTime={log.at} className="shrink-0 text-faint">
            {log.at.slice(11, 23)}
          </time>
          <span className={classNames('w-10 shrink-0', levels[log.level] ?? 'text-soft')}>{log.level}</span>
          <span className="min-w-0">{log.message}</span>
        </li>
      ))}
    </ol>
  )
}
