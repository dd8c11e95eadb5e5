import { WINDOW_MS } from './collect-windows.ts'

/** As in EBU R128: blocks of 400 ms every 100 ms, without those far below full scale or below the others. */
const BLOCK_MS = 400
const HOP_MS = 100
const LEAST_DB = -70
const RELATIVE_GATE_DB = -10

/**
 * The level of the sound without its pauses in dB, gated as the loudness of EBU R128 but without its weighting of
 * frequencies: differences between two versions of the same sound are those of their loudness.
 */
export function gatedLevelDb(meanSquare: Float32Array): number {
  const size = BLOCK_MS / WINDOW_MS
  const blocks: number[] = []
  for (let from = 0; from + size <= meanSquare.length; from += HOP_MS / WINDOW_MS) {
    let sum = 0
    for (let at = from; at < from + size; at += 1) sum += meanSquare[at] ?? 0
    blocks.push(sum / size)
  }
  const above = (leastDb: number) => blocks.filter((block) => block > 10 ** (leastDb / 10))
  const mean = (values: readonly number[]) =>
    values.length === 0
      ? LEAST_DB
      : 10 * Math.log10(values.reduce((sum, value) => sum + value, 0) / values.length)
  return mean(above(Math.max(LEAST_DB, mean(above(LEAST_DB)) + RELATIVE_GATE_DB)))
}
