import type { AttemptView, RunNode, StepView } from '#lib/runs/read-run.ts'

export type WaterfallRow = {
  key: string
  kind: 'run' | 'attempt' | 'step'
  /** The depth of the indentation, 0 for the root. */
  depth: number
  /** The task, the number of the attempt, or the step. */
  label: string
  runId: string
  /** Of a step. */
  stepId: string | null
  status: RunNode['status'] | AttemptView['status'] | StepView['status']
  /** Per cent of the whole time, for the bar. `width` is never 0, so that the bar is visible. */
  offset: number
  width: number
  durationMs: number | null
  attempt: number
}

const sliver = 0.5

type Timed = { startedAt: string | null; finishedAt: string | null }

/**
 * A family of runs as rows of a waterfall, each run followed by its attempts (if there were several), its
 * steps and then its children, oldest first. A run with a parent outside the family is at the top.
 * `wholeMs` is the duration of the whole width.
 */
export function planWaterfall(
  {
    family,
    steps,
    attempts = [],
  }: { family: readonly RunNode[]; steps: readonly StepView[]; attempts?: readonly AttemptView[] },
  nowMs: number,
): { rows: WaterfallRow[]; wholeMs: number } {
  const begin = (one: Timed & { createdAt?: string }) =>
    Date.parse(one.startedAt ?? one.createdAt ?? new Date(nowMs).toISOString())
  const end = (one: Timed) => (one.finishedAt ? Date.parse(one.finishedAt) : nowMs)
  const all: (Timed & { createdAt?: string })[] = [...family, ...steps, ...attempts]
  if (all.length === 0) return { rows: [], wholeMs: 0 }
  const from = Math.min(...all.map(begin))
  const whole = Math.max(1, Math.max(...all.map(end)) - from)
  const bar = (one: Timed & { createdAt?: string }) => {
    const offset = Math.min(100 - sliver, ((begin(one) - from) / whole) * 100)
    const width = Math.max(sliver, ((end(one) - begin(one)) / whole) * 100)
    return { offset, width: Math.min(width, 100 - offset) }
  }

  const ids = new Set(family.map(({ id }) => id))
  const rows: WaterfallRow[] = []
  const walk = (run: RunNode, depth: number) => {
    rows.push({
      key: run.id,
      kind: 'run',
      depth,
      label: run.taskId,
      runId: run.id,
      stepId: null,
      status: run.status,
      ...(run.startedAt ? bar(run) : { offset: bar(run).offset, width: 0 }),
      durationMs: run.startedAt ? end(run) - Date.parse(run.startedAt) : null,
      attempt: run.attempt,
    })
    const ownAttempts = attempts.filter(({ runId }) => runId === run.id)
    for (const attempt of ownAttempts.length > 1 ? ownAttempts : []) {
      rows.push({
        key: `${run.id}/${attempt.attempt}`,
        kind: 'attempt',
        depth: depth + 1,
        label: String(attempt.attempt),
        runId: run.id,
        stepId: null,
        status: attempt.status,
        ...bar(attempt),
        durationMs: end(attempt) - Date.parse(attempt.startedAt),
        attempt: 1,
      })
    }
    for (const step of steps.filter(({ runId }) => runId === run.id)) {
      rows.push({
        key: `${step.workKey}/${step.name}`,
        kind: 'step',
        depth: depth + 1,
        label: step.name,
        runId: run.id,
        stepId: step.id,
        status: step.status,
        ...bar(step),
        durationMs: end(step) - Date.parse(step.startedAt),
        attempt: step.attempt,
      })
    }
    for (const child of family.filter(({ parentRunId }) => parentRunId === run.id)) walk(child, depth + 1)
  }
  for (const run of family) {
    if (!run.parentRunId || !ids.has(run.parentRunId)) walk(run, 0)
  }
  return { rows, wholeMs: whole }
}
