import { and, eq, notInArray } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, events, runSteps, runs, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { requestProcessing } from '#lib/facets/request-processing.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { isCurrentVersion, listStepsFrom, parseWorkKey } from '#lib/facets/step-dependencies.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'
import { clearStep } from '#lib/runs/clear-step.ts'

/**
 * Runs one stored step again with every step that depends on it, and no other step: their results are deleted
 * and the pipeline is requested. Returns the event and the steps (`<facet>/<step>`) that will run. Throws
 * `not_found` for an unknown step or a step of another church, and `conflict` while the sermon is being
 * processed, for a step of an older recording, and for a step that cannot run alone.
 */
export async function rerunStep(
  { db }: { db: Database },
  { stepId, churchId, actorId }: { stepId: string; churchId: string; actorId: string },
): Promise<{ eventId: string; steps: string[] }> {
  return db.transaction(async (tx) => {
    const [step] = await tx
      .select()
      .from(runSteps)
      .where(and(eq(runSteps.id, stepId), eq(runSteps.churchId, churchId)))
    const work = step && parseWorkKey(step.workKey)
    if (!step) throw new AppError('not_found', 'This step does not exist. It may have been removed already.')
    if (step.sermonId && step.workKey.startsWith(`${step.sermonId}/announce/`)) {
      return announceAgain(tx, { step, sermonId: step.sermonId, churchId, actorId })
    }
    const name = `${work?.facet}/${step.name}`
    const again = listStepsFrom(name)
    if (!work || again.length === 0) {
      throw new AppError('conflict', 'This step belongs to the request itself. Retry the whole run instead.')
    }
    const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, work.sermonId)).for('update')
    if (!sermon) throw new AppError('not_found', 'The sermon of this step was removed.')
    if (!isCurrentVersion(work, sermon)) {
      throw new AppError('conflict', 'This step is about an earlier version. Choose one of the newest run.')
    }
    await refuseWhileBusy(tx, sermon.id)
    const facets = await clearStep(tx, { sermonId: sermon.id, step: name })
    for (const facet of facets) {
      await setFacet(tx, { sermonId: sermon.id, facet, status: 'pending' })
    }
    const eventId = await requestProcessing(tx, { sermonId: sermon.id, churchId, redo: [] })
    const steps = again.map((dependency) => dependency.step)
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'step.rerun',
      subject: stepId,
      details: { eventId, step: name, sermonId: sermon.id, runId: step.runId },
    })
    return { eventId, steps }
  })
}

/** No step depends on an announcement, so only its own result is deleted. */
async function announceAgain(
  tx: Transaction,
  {
    step,
    sermonId,
    churchId,
    actorId,
  }: { step: typeof runSteps.$inferSelect; sermonId: string; churchId: string; actorId: string },
): Promise<{ eventId: string; steps: string[] }> {
  await tx.select({ id: sermons.id }).from(sermons).where(eq(sermons.id, sermonId)).for('update')
  await refuseWhileBusy(tx, sermonId)
  await tx.delete(runSteps).where(eq(runSteps.id, step.id))
  const eventId = await requestProcessing(tx, { sermonId, churchId, redo: [] })
  const details = { eventId, step: 'announce/announce', sermonId, runId: step.runId }
  await tx.insert(auditLog).values({ churchId, actorId, action: 'step.rerun', subject: step.id, details })
  return { eventId, steps: ['announce/announce'] }
}

async function refuseWhileBusy(tx: Transaction, sermonId: string): Promise<void> {
  const [busy] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.sermonId, sermonId), notInArray(runs.status, [...finalStatuses])))
    .limit(1)
  const [waiting] = await tx
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.sermonId, sermonId), eq(events.state, 'pending')))
    .limit(1)
  if (busy || waiting) {
    throw new AppError(
      'conflict',
      'This sermon is being processed. Wait until that has finished, or cancel it first.',
    )
  }
}
