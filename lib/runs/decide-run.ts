import type { RunStatus } from '#lib/db/schema.ts'
import type { EngineRun } from '#lib/jobs/read-engine-run.ts'
import { hasEnded } from '#lib/jobs/run-statuses.ts'

/** Time for the engine to show a run it has just taken. */
const UNKNOWN_GRACE_MS = 60_000

export type RunDecision =
  | { kind: 'keep' }
  /** It goes on; the engine says so under another status. */
  | { kind: 'progress'; status: RunStatus }
  /** It has ended and no hook of the run told us. */
  | { kind: 'finish'; found: EngineRun }
  /** The engine does not know it (any more). */
  | { kind: 'lost' }

/** Compares a run that has not ended here with what the engine says of it. */
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
