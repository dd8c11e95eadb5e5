import type { RunStatus } from '#lib/db/schema.ts'
import type { EngineRun } from '#lib/jobs/read-engine-run.ts'
import { hasEnded } from '#lib/jobs/run-statuses.ts'

/** How long the engine may take to list a run that it has just accepted. */
const UNKNOWN_GRACE_MS = 60_000

export type RunDecision =
  | { kind: 'keep' }
  /** It has not ended, but its status in the engine has changed. */
  | { kind: 'progress'; status: RunStatus }
  /** It has ended, and no hook of the run recorded that. */
  | { kind: 'finish'; found: EngineRun }
  /** The engine has no record of it. */
  | { kind: 'lost' }

/** Compares a run that has not ended in our records with its state in the engine. */
export function decideRun(
  run: { status: RunStatus; createdAt: Date },
  found: EngineRun | null,
  now: Date,
): RunDecision {
  if (!found) {
    return now.getTime() - run.createdAt.getTime() < UNKNOWN_GRACE_MS ? { kind: 'keep' } : { kind: 'lost' }
  }
  if (hasEnded(found.status)) return { kind: 'finish', found }
  return found.status === run.status ? { kind: 'keep' } : { kind: 'progress', status: found.status }
}
