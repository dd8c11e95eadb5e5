/** A pause, in ms from the start of the audio. */
export type Silence = { startMs: number; endMs: number }

const FLOOR_DB = -90
const MIN_SILENCE_MS = 250
// A click or breath this short inside a pause does not end it.
const BRIDGE_MS = 30
// With less distance than this between speech and background, pauses cannot be told from music or hum.
const MIN_CONTRAST_DB = 12

/**
 * Finds pauses from the level of each window. The threshold adapts, because the background of a recording in a
 * hall can be louder than quiet speech in a studio.
 */
export function findSilences(meanSquare: Float32Array, windowMs: number): Silence[] {
  const levels = Float32Array.from(meanSquare, (square) =>
    square > 0 ? Math.max(FLOOR_DB, 10 * Math.log10(square)) : FLOOR_DB,
  )
  if (levels.length === 0) return []
  const sorted = Float32Array.from(levels).sort()
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? FLOOR_DB
  const speechDb = at(0.9)
  const backgroundDb = Math.max(at(0.03), speechDb - 60)
  if (speechDb <= FLOOR_DB + MIN_CONTRAST_DB) return [{ startMs: 0, endMs: levels.length * windowMs }]
  if (speechDb - backgroundDb < MIN_CONTRAST_DB) return []
  const thresholdDb = Math.min(backgroundDb + (speechDb - backgroundDb) * 0.35, speechDb - MIN_CONTRAST_DB)

  const silences: Silence[] = []
  let start = -1
  let lastQuiet = -1
  const close = () => {
    if (start >= 0 && (lastQuiet + 1 - start) * windowMs >= MIN_SILENCE_MS) {
      silences.push({ startMs: start * windowMs, endMs: (lastQuiet + 1) * windowMs })
    }
    start = -1
  }
  for (let index = 0; index < levels.length; index += 1) {
    if ((levels[index] ?? FLOOR_DB) < thresholdDb) {
      if (start < 0) start = index
      lastQuiet = index
    } else if (start >= 0 && (index - lastQuiet) * windowMs > BRIDGE_MS) {
      close()
    }
  }
  close()
  return silences
}
