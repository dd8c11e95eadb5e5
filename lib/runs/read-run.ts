import { and, asc, desc, eq, inArray, or } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import {
  type AttemptStatus,
  churches,
  type DeadLetterState,
  deadLetters,
  logs,
  type RunStatus,
  runAttempts,
  runSteps,
  runs,
  type StepStatus,
  sermons,
  spans,
} from '#lib/db/schema.ts'
import type { DescribedError } from '#lib/describe-error.ts'
import { AppError } from '#lib/errors.ts'

const MAX_LOGS = 1000
const MAX_SPANS = 500

export type RunNode = {
  id: string
  taskId: string
  status: RunStatus
  attempt: number
  parentRunId: string | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

export type StepView = {
  id: string
  name: string
  workKey: string
  runId: string
  status: StepStatus
  attempt: number
  result: unknown
  error: DescribedError | null
  startedAt: string
  finishedAt: string | null
}

/** One attempt of a run, with its own result. */
export type AttemptView = {
  runId: string
  attempt: number
  status: AttemptStatus
  machine: string | null
  error: DescribedError | null
  startedAt: string
  finishedAt: string | null
}

export type RunView = RunNode & {
  rootRunId: string | null
  churchId: string | null
  churchName: string | null
  sermon: { id: string; title: string; slug: string } | null
  queue: string | null
  machine: string | null
  traceId: string | null
  eventId: string | null
  /** Its newest dead letter. */
  deadLetter: { id: string; state: DeadLetterState; fingerprint: string; advice: string } | null
  payload: unknown
  output: unknown
  error: DescribedError | null
  /** The root run and all its descendants, oldest first. */
  family: RunNode[]
  /** Every attempt of the runs in `family`, oldest first. */
  attempts: AttemptView[]
  steps: StepView[]
  spans: {
    spanId: string
    parentSpanId: string | null
    runId: string | null
    name: string
    status: string
    startedAt: string
    durationMs: number
  }[]
  logs: { runId: string | null; level: string; message: string; at: string }[]
}

// Without payloads, results and errors: each run shows them on its own page.
const nodeColumns = {
  id: runs.id,
  taskId: runs.taskId,
  status: runs.status,
  attempt: runs.attempt,
  parentRunId: runs.parentRunId,
  createdAt: runs.createdAt,
  startedAt: runs.startedAt,
  finishedAt: runs.finishedAt,
}

const node = (row: Pick<typeof runs.$inferSelect, keyof typeof nodeColumns>): RunNode => ({
  id: row.id,
  taskId: row.taskId,
  status: row.status,
  attempt: row.attempt,
  parentRunId: row.parentRunId,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
})

/**
 * A run with its family, the steps of the family, spans and logs. Throws `not_found` when it is unknown or,
 * with `churchId`, belongs to another church.
 */
export async function readRun(
  { db }: { db: Database },
  { runId, churchId }: { runId: string; churchId?: string },
): Promise<RunView> {
  const [row] = await db
    .select({
      run: runs,
      sermon: { id: sermons.id, title: sermons.title, slug: sermons.slug },
      churchName: churches.name,
    })
    .from(runs)
    .leftJoin(sermons, eq(sermons.id, runs.sermonId))
    .leftJoin(churches, eq(churches.id, runs.churchId))
    .where(and(eq(runs.id, runId), churchId ? eq(runs.churchId, churchId) : undefined))
  if (!row) throw new AppError('not_found', 'This run does not exist. It may have been deleted by retention.')
  const rootId = row.run.rootRunId ?? row.run.id
  const familyRows = await db
    .select(nodeColumns)
    .from(runs)
    .where(or(eq(runs.rootRunId, rootId), eq(runs.id, rootId), eq(runs.id, runId)))
    .orderBy(asc(runs.createdAt))
    .limit(200)
  const ids = familyRows.map(({ id }) => id)
  const [deadLetter] = await db
    .select({
      id: deadLetters.id,
      state: deadLetters.state,
      fingerprint: deadLetters.fingerprint,
      advice: deadLetters.advice,
    })
    .from(deadLetters)
    .where(and(eq(deadLetters.kind, 'run'), eq(deadLetters.subject, runId)))
    .orderBy(desc(deadLetters.createdAt))
    .limit(1)
  const attempts = await db
    .select()
    .from(runAttempts)
    .where(inArray(runAttempts.runId, ids))
    .orderBy(asc(runAttempts.startedAt), asc(runAttempts.attempt))
  const steps = await db
    .select()
    .from(runSteps)
    .where(inArray(runSteps.runId, ids))
    .orderBy(asc(runSteps.startedAt))
  const spanRows = await db
    .select()
    .from(spans)
    .where(or(inArray(spans.runId, ids), row.run.traceId ? eq(spans.traceId, row.run.traceId) : undefined))
    .orderBy(asc(spans.startedAt))
    .limit(MAX_SPANS)
  const logRows = await db
    .select()
    .from(logs)
    .where(inArray(logs.runId, ids))
    .orderBy(asc(logs.at), asc(logs.id))
    .limit(MAX_LOGS)
  return {
    ...node(row.run),
    rootRunId: row.run.rootRunId,
    churchId: row.run.churchId,
    churchName: row.churchName,
    sermon: row.sermon,
    queue: row.run.queue,
    machine: row.run.machine,
    traceId: row.run.traceId,
    eventId: row.run.eventId,
    deadLetter: deadLetter ?? null,
    payload: row.run.payload,
    output: row.run.output,
    error: row.run.error,
    family: familyRows.map(node),
    attempts: attempts.map((attempt) => ({
      ...attempt,
      startedAt: attempt.startedAt.toISOString(),
      finishedAt: attempt.finishedAt?.toISOString() ?? null,
    })),
    steps: steps.map((step) => ({
      id: step.id,
      name: step.name,
      workKey: step.workKey,
      runId: step.runId,
      status: step.status,
      attempt: step.attempt,
      result: step.result,
      error: step.error,
      startedAt: step.startedAt.toISOString(),
      finishedAt: step.finishedAt?.toISOString() ?? null,
    })),
    spans: spanRows.map((span) => ({
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      runId: span.runId,
      name: span.name,
      status: span.status,
      startedAt: span.startedAt.toISOString(),
      durationMs: span.durationMs,
    })),
    logs: logRows.map((log) => ({
      runId: log.runId,
      level: log.level,
      message: log.message,
      at: log.at.toISOString(),
    })),
  }
}
