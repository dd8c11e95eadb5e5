import { describe, expect, it } from 'vitest'
import { alignToSilences } from './align-to-silences.ts'

describe('alignToSilences', () => {
  it('finds the true sentence ends in a talk with varying speed and with pauses inside sentences', () => {
    const weights = Array.from({ length: 60 }, (_, index) => 40 + ((index * 37) % 90))
    const truth: { startMs: number; endMs: number }[] = []
    const silences: { startMs: number; endMs: number }[] = []
    let atMs = 800
    silences.push({ startMs: 0, endMs: 800 })
    for (const [index, weight] of weights.entries()) {
      const lengthMs = weight * (55 + 12 * Math.sin(index / 5))
      const startMs = atMs
      if (index % 3 === 0) {
        silences.push({ startMs: atMs + lengthMs * 0.4, endMs: atMs + lengthMs * 0.4 + 280 })
        atMs += 280
      }
      atMs += lengthMs
      truth.push({ startMs, endMs: atMs })
      silences.push({ startMs: atMs, endMs: atMs + 500 + ((index * 13) % 7) * 100 })
      atMs = silences.at(-1)?.endMs ?? atMs
    }
    const spans = alignToSilences(weights, { durationMs: atMs, silences })
    const errors = spans
      .map((span, index) => Math.abs(span.startMs - (truth[index]?.startMs ?? 0)))
      .sort((a, b) => a - b)
    expect(errors[Math.floor(errors.length * 0.5)]).toBeLessThan(100)
    expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThan(2000)
  })

  it('gives one span per sentence, in order and inside the recording, for any silences', () => {
    const cases = [
      [],
      [{ startMs: 0, endMs: 10_000 }],
      [{ startMs: 4000, endMs: 2000 }],
      [{ startMs: -5, endMs: 99_999 }],
      [
        { startMs: 2000, endMs: 6000 },
        { startMs: 3000, endMs: 5000 },
      ],
    ]
    for (const silences of cases) {
      for (const weights of [[5], [1, 1, 1], [0, 0], Array.from({ length: 200 }, () => 3)]) {
        const spans = alignToSilences(weights, { durationMs: 10_000, silences })
        expect(spans).toHaveLength(weights.length)
        let lastMs = 0
        for (const { startMs, endMs } of spans) {
          expect(startMs).toBeGreaterThanOrEqual(lastMs)
          expect(endMs).toBeGreaterThanOrEqual(startMs)
          expect(endMs).toBeLessThanOrEqual(10_000)
          lastMs = startMs
        }
      }
    }
  })
})
