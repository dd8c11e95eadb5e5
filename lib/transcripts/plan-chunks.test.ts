import { describe, expect, it } from 'vitest'
import { planChunks } from './plan-chunks.ts'

const MINUTE_MS = 60_000
const pausesEvery = (everyMs: number, untilMs: number) =>
  Array.from({ length: Math.floor(untilMs / everyMs) - 1 }, (_, index) => ({
    startMs: (index + 1) * everyMs,
    endMs: (index + 1) * everyMs + 300 + ((index * 7) % 5) * 100,
  }))

describe('planChunks', () => {
  it('leaves a short recording whole', () => {
    expect(planChunks(5 * MINUTE_MS, pausesEvery(5000, 5 * MINUTE_MS))).toEqual([
      { startMs: 0, endMs: 5 * MINUTE_MS },
    ])
  })

  it('covers a long recording without gaps, cutting only inside pauses', () => {
    const pauses = pausesEvery(7000, 38 * MINUTE_MS)
    const chunks = planChunks(38 * MINUTE_MS, pauses)
    expect(chunks.length).toBeGreaterThan(7)
    expect(chunks[0]?.startMs).toBe(0)
    expect(chunks.at(-1)?.endMs).toBe(38 * MINUTE_MS)
    for (const [index, chunk] of chunks.entries()) {
      const next = chunks[index + 1]
      if (!next) continue
      expect(next.startMs).toBe(chunk.endMs)
      expect(pauses.some(({ startMs, endMs }) => startMs < chunk.endMs && chunk.endMs < endMs)).toBe(true)
    }
  })

  it('does not cut where there is no pause', () => {
    expect(planChunks(60 * MINUTE_MS, [])).toHaveLength(1)
  })
})
