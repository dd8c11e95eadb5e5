/**
 * Returns a function that runs work at most `limit` at a time, in the order of its calls. A call resolves or rejects as
 * its work does; after a failure the next one runs.
 */
export function takeTurns(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < limit) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // The turn passes to the next call, so that no later one can take it first.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
