/**
 * The metadata key with which a run reports progress: how many of its steps have finished and will not be
 * repeated by another attempt. `metadata.increment('completedSteps', 1)` and `metadata.flush()` report one.
 */
export const completedStepsKey = 'completedSteps'

/** Returns the number of finished steps in some metadata; 0 when it has none. */
export function countCompletedSteps(metadata: unknown): number {
  if (typeof metadata !== 'object' || metadata === null) return 0
  const value: unknown = Object.entries(metadata).find(([key]) => key === completedStepsKey)?.[1]
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.floor(value)) : 0
}
