import { expect, test } from 'vitest'
import { WINDOW_MS } from './collect-windows.ts'
import { gainAt, levelWindows, planLevelling } from './plan-levelling.ts'

/** Windows of a voice whose level in dB at each second is given, with a pause of half a second in every three. */
function speak(levelAt: (second: number) => number, seconds: number) {
  const perSecond = 1000 / WINDOW_MS
  const meanSquare = new Float32Array(seconds * perSecond)
  const silences = []
  for (const index of meanSquare.keys()) {
    const ms = index * WINDOW_MS
    const isPause = ms % 3000 < 500
    // Syllables: the level goes up and down within a second.
    const syllable = 4 * Math.sin(index / 7)
    meanSquare[index] = 10 ** ((isPause ? -70 : levelAt(ms / 1000) + syllable) / 10)
  }
  for (let startMs = 0; startMs < seconds * 1000; startMs += 3000)
    silences.push({ startMs, endMs: startMs + 500 })
  return { windows: { peak: meanSquare.map((square) => Math.sqrt(square) * 3), meanSquare }, silences }
}

test('a steady voice is left alone, and so is a recording without speech', () => {
  const { windows, silences } = speak(() => -20, 120)
  expect(planLevelling(windows, silences)).toBeNull()
  expect(planLevelling({ meanSquare: new Float32Array(5000) }, [{ startMs: 0, endMs: 50_000 }])).toBeNull()
  expect(planLevelling({ meanSquare: new Float32Array(0) }, [])).toBeNull()
})

test.each([
  ['slowly', (second: number) => -20 + 7 * Math.sin(second / 15)],
  ['at once', (second: number) => (Math.floor(second / 40) % 2 === 0 ? -18 : -28)],
])('a voice that wanders %s comes near its usual level, without a change that is heard', (_, levelAt) => {
  const { windows, silences } = speak(levelAt, 240)
  const curve = planLevelling(windows, silences) ?? []
  // In the middle of the stretches: a change at once takes some seconds.
  const places = [20, 60, 100, 140, 180, 220]
  const spread = (levels: readonly number[]) => Math.max(...levels) - Math.min(...levels)
  const before = spread(places.map(levelAt))
  const after = spread(places.map((second) => levelAt(second) + gainAt(curve, second * 1000)))
  expect(after).toBeLessThan(before / 3)
  for (const [second, gain] of curve.entries()) {
    expect(Math.abs(gain)).toBeLessThanOrEqual(9)
    expect(Math.abs(gain - (curve[second + 1] ?? gain))).toBeLessThanOrEqual(1.51)
  }
  const levelled = levelWindows(windows, curve)
  const at = 60 * 100
  const change = 10 * Math.log10((levelled.meanSquare[at] ?? 0) / (windows.meanSquare[at] ?? 1))
  expect(change).toBeCloseTo(gainAt(curve, 60_000), 2)
})

test('the gain changes steadily between two seconds, and stays at both ends', () => {
  expect([-500, 0, 500, 1000, 9000].map((ms) => gainAt([2, 4], ms))).toEqual([2, 2, 3, 4, 4])
})

test('noise in a long pause is not raised above the speech around it', () => {
  const { windows, silences } = speak((second) => (second < 60 ? -18 : -27), 120)
  windows.meanSquare.fill(10 ** -7, 4500, 7500)
  const curve = planLevelling(windows, [...silences, { startMs: 45_000, endMs: 75_000 }]) ?? []
  const [before, after] = [gainAt(curve, 44_000), gainAt(curve, 76_000)]
  for (let ms = 45_000; ms < 75_000; ms += 1000) {
    expect(gainAt(curve, ms)).toBeLessThanOrEqual(Math.max(before, after) + 1)
  }
})
