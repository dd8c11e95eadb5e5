import { SpanStatusCode, trace } from '@opentelemetry/api'
import { taskContext } from '@trigger.dev/core/v3'
import { logger, metadata } from '@trigger.dev/sdk'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { runSteps } from '#lib/db/schema.ts'
import { describeError } from '#lib/describe-error.ts'

/** The work that a step belongs to. Steps are stored under `workKey`, so any later run finds them. */
export interface Work {
  db: Database
  /** Identifies the work by its subject, such as `<sermon id>/media/2`, not by a run or a time. */
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
 * Runs one named step once: the result is validated and stored. When the work is replayed, in this run or
 * another, the stored result is returned instead. The step runs again when its stored result no longer matches
 * the schema (a deploy changed it without a default). Errors are stored and thrown.
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
    const parsed = step.result.safeParse(stored.result)
    if (parsed.success) {
      logger.info(`Step ${step.name} is already done and was skipped`)
      return parsed.data
    }
    logger.warn(`Step ${step.name}: its stored result no longer matches the schema; running it again`)
  }
  work.signal.throwIfAborted()
  return tracer.startActiveSpan(`step ${step.name}`, async (span) => {
    span.setAttributes({ 'selah.work_key': work.workKey, 'selah.step': step.name })
    const started = {
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
        .values({ workKey: work.workKey, name: step.name, ...started })
        .onConflictDoUpdate({ target: [runSteps.workKey, runSteps.name], set: started })
      const result = step.result.parse(await perform())
      await work.db
        .update(runSteps)
        .set({ status: 'completed', result: sql`${JSON.stringify(result)}::jsonb`, finishedAt: new Date() })
        .where(key)
      await reportCompletedStep()
      logger.info(`Step ${step.name}: done`, { tookMs: Date.now() - started.startedAt.getTime() })
      return result
    } catch (error) {
      logger.error(`Step ${step.name}: failed`, { error: describeError(error).message })
      span.recordException(error instanceof Error ? error : String(error))
      span.setStatus({ code: SpanStatusCode.ERROR })
      // The original error must be thrown even when it cannot be stored.
      await work.db
        .update(runSteps)
        .set({ status: 'failed', error: describeError(error), finishedAt: new Date() })
        .where(and(key, eq(runSteps.runId, work.runId)))
        .catch((lost: unknown) => console.warn(`The failure of step ${step.name} could not be stored.`, lost))
      throw error
    } finally {
      span.end()
    }
  })
}

/**
 * Reports progress to the job engine, which continues a run after repeated crashes only if a step finished between
 * them. Does nothing outside a task.
 */
async function reportCompletedStep(): Promise<void> {
  if (!taskContext.isInsideTask) return
  metadata.increment('completedSteps', 1)
  await metadata.flush()
}

/** Deletes the stored steps of all work keys that begin with the prefix, so that they run again. */
export async function forgetSteps(
  { db }: { db: Database },
  { workKeyPrefix }: { workKeyPrefix: string },
): Promise<void> {
  await db.delete(runSteps).where(sql`starts_with(${runSteps.workKey}, ${workKeyPrefix})`)
}
