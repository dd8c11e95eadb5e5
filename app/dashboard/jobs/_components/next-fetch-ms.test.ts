import { describe, expect, it } from 'vitest'
import { nextFetchMs } from './next-fetch-ms.ts'

describe('when an operator’s page is fetched again', () => {
  const wait = (tookMs: number, agoMs: number, hasNews = true) =>
    nextFetchMs({ endedAtMs: 100_000 - agoMs, tookMs }, { hasNews, nowMs: 100_000 })

  it.each([
    ['the first change after a quiet time', wait(40, 8000), 100],
    ['a change right after a quick fetch', wait(40, 0), 500],
    ['a change a moment later', wait(40, 300), 200],
    ['a page that takes a second waits four', wait(1000, 0), 4000],
    ['the rest of the four seconds', wait(1000, 3500), 500],
    ['a fetch that stalled waits at most ten seconds', wait(19_000, 0), 10_000],
    ['no change', wait(40, 0, false), 10_000],
  ])('%s', (_, waited, expected) => expect(waited).toBe(expected))
})
