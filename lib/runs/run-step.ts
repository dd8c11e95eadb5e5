import { SpanStatusCode, trace } from '@opentelemetry/api'
import { taskContext } from '@trigger.dev/core/v3'
import { logger, metadata } from '@trigger.dev/sdk'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { runSteps } from '#lib/db/schema.ts'
import { describeError } from '#lib/describe-error.ts'

/** A piece of work as its steps know it. Steps are stored under `workKey`, so any later run finds them. */
export interface Work {
  db: Database
  /** Names the work by what it is done to, such as `<sermon id>/media/2`: never by a run or the clock. */
  workKey: string
  taskId: string
  runId: string
  attempt: number
  churchId: string
  sermonId: string
  signal: AbortSignal
}

const tracer = trace.getTracer('selah')

/**
 * Does one named step of a piece of work, once: its result is validated, stored, and returned again
 * instead of doing the step when the work is replayed, in this run or another. A stored result that no
 * longer fits the schema (a deploy changed it without a default) is done anew. Errors are stored and thrown.
 */
export async function runStep<Schema extends z.ZodType>(
  work: Work,
  step: { name: string; result: Schema },
  perform: () => Promise<z.input<Schema>>,
): Promise<z.infer<Schema>> {
  const key = and(eq(runSteps.workKey, work.workKey), eq(runSteps.name, step.name))
  const [stored] = await work.db
    .select({ result: runSteps.result })
    .from(runSteps)
    .where(and(key, eq(runSteps.status, 'completed')))
  if (stored) {
    const kept = step.result.safeParse(stored.result)
    if (kept.success) {
      logger.info(`Step ${step.name}: done before, skipped`)
      return kept.data
    }
    logger.warn(`Step ${step.name}: its stored result no longer fits, done again`)
  }
  work.signal.throwIfAborted()
  return tracer.startActiveSpan(`step ${step.name}`, async (span) => {
    span.setAttributes({ 'selah.work_key': work.workKey, 'selah.step': step.name })
    const begun = {
      taskId: work.taskId,
      runId: work.runId,
      churchId: work.churchId,
      sermonId: work.sermonId,
      status: 'running' as const,
      attempt: work.attempt,
      result: null,
      error: null,
      startedAt: new Date(),
      finishedAt: null,
    }
    try {
      await work.db
        .insert(runSteps)
        .values({ workKey: work.workKey, name: step.name, ...begun })
        .onConflictDoUpdate({ target: [runSteps.workKey, runSteps.name], set: begun })
      const result = step.result.parse(await perform())
      await work.db
        .update(runSteps)
        .set({ status: 'completed', result: sql`${JSON.stringify(result)}::jsonb`, finishedAt: new Date() })
        .where(key)
      await reportCompletedStep()
      logger.info(`Step ${step.name}: done`, { tookMs: Date.now() - begun.startedAt.getTime() })
      return result
    } catch (error) {
      logger.error(`Step ${step.name}: failed`, { error: describeError(error).message })
      span.recordException(error instanceof Error ? error : String(error))
      span.setStatus({ code: SpanStatusCode.ERROR })
      // What went wrong is what matters, also where it cannot be written down.
      await work.db
        .update(runSteps)
        .set({ status: 'failed', error: describeError(error), finishedAt: new Date() })
        .where(and(key, eq(runSteps.runId, work.runId)))
        .catch((lost: unknown) => console.warn(`The failure of step ${step.name} could not be noted.`, lost))
      throw error
    } finally {
      span.end()
    }
  })
}

/**
 * Tells the job engine that the run got further: a run whose worker is killed repeatedly continues as long as
 * it finishes a step between two crashes. Outside a task there is no run to report for.
 */
async function reportCompletedStep(): Promise<void> {
  if (!taskContext.isInsideTask) return
  metadata.increment('completedSteps', 1)
  await metadata.flush()
}

/** Forgets the steps of all work whose key begins so; they are done again when asked for. */
export async function forgetSteps(
  { db }: { db: Database },
  { workKeyPrefix }: { workKeyPrefix: string },
): Promise<void> {
  await db.delete(runSteps).where(sql`starts_with(${runSteps.workKey}, ${workKeyPrefix})`)
}
