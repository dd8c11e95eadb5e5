/** One limit. A run takes a slot of it while it executes. */
export type Pool = { id: string; limit: number }

/** The pool in which every executing run of this host takes a slot. */
export const hostPool = 'host'

const rootPrefix = 'roots:'
const sharePrefix = 'share:'

/**
 * Returns the pool of a task's root runs, which no other run triggered. They keep their slot while they
 * wait for others, because a waiting run still has its process.
 */
export function rootPool(taskId: string): string {
  return `${rootPrefix}${taskId}`
}

/** Returns the pool, without a limit, that counts an owner's runs of a queue, including those that wait. */
export function sharePool(queue: string, owner: string): string {
  return `${sharePrefix}${queue}:${owner}`
}

/** Whether a run keeps its slot of this pool while it waits. */
export function isKeptWhileWaiting(poolId: string): boolean {
  return poolId.startsWith(rootPrefix) || poolId.startsWith(sharePrefix)
}

/**
 * Counts how many executing runs have a slot of each pool. Kept in memory: one host executes all
 * runs, and after a restart nothing is executing.
 */
export class Slots {
  readonly #held = new Map<string, string[]>()
  readonly #counts = new Map<string, number>()

  count(poolId: string): number {
    return this.#counts.get(poolId) ?? 0
  }

  holds(runId: string): boolean {
    return this.#held.has(runId)
  }

  /** Returns every run that has a slot in any pool. */
  holders(): string[] {
    return [...this.#held.keys()]
  }

  /** Returns the first of the pools without a free slot. */
  findFull(pools: Pool[]): Pool | undefined {
    return pools.find((pool) => this.count(pool.id) >= pool.limit)
  }

  take(runId: string, pools: Pool[]): void {
    this.release(runId)
    const ids = [...new Set(pools.map((pool) => pool.id))]
    this.#held.set(runId, ids)
    for (const id of ids) this.#counts.set(id, this.count(id) + 1)
  }

  release(runId: string, only?: (poolId: string) => boolean): void {
    const ids = this.#held.get(runId)
    if (!ids) return
    const kept: string[] = []
    for (const id of ids) {
      if (only && !only(id)) {
        kept.push(id)
        continue
      }
      const left = this.count(id) - 1
      if (left > 0) this.#counts.set(id, left)
      else this.#counts.delete(id)
    }
    if (kept.length > 0) this.#held.set(runId, kept)
    else this.#held.delete(runId)
  }
}
