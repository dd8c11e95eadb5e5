import { plainCueText } from './cue-text.ts'

/** A timed cue of a caption file, without markup. `lines` keep the line breaks of the file. */
export type Cue = { startMs: number; endMs: number; lines: string[] }

const timing = /^\s*(\d[\d:.,]*)\s*--?>\s*(\d[\d:.,]*)/
const MAX_HOURS = 24

/**
 * Reads the cues of WebVTT or SRT text, which differ only in the text around the cues. Blocks without a valid timing
 * line are skipped (headers, notes, styles, numbers); a cue with blank lines in its text keeps its first part.
 */
export function parseCues(text: string): Cue[] {
  const cues: Cue[] = []
  let current: Cue | null = null
  for (const line of text.split('\n')) {
    const match = line.length < 300 ? timing.exec(line) : null
    const startMs = match?.[1] === undefined ? null : parseTimestamp(match[1])
    const endMs = match?.[2] === undefined ? null : parseTimestamp(match[2])
    if (startMs !== null && endMs !== null) {
      // SRT without blank lines between cues: the number of this cue is not text of the last one.
      if (current && current.lines.length > 1 && /^\d{1,6}$/.test(current.lines.at(-1) ?? ''))
        current.lines.pop()
      current = { startMs, endMs, lines: [] }
      cues.push(current)
    } else if (line.trim() === '') {
      current = null
    } else if (current) {
      const plain = plainCueText(line)
      if (plain) current.lines.push(plain)
    }
  }
  return cues.filter((cue) => cue.lines.length > 0)
}

/** `01:02:03.456`, `02:03.4`, `02:03,456` or `3.5` to ms; null for anything else. */
export function parseTimestamp(text: string): number | null {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,6}))?$/.exec(text)
  if (!match) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match
  const ms =
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
    Math.round(Number(`0.${fraction}`) * 1000)
  return ms <= MAX_HOURS * 3_600_000 ? ms : null
}

/** ms to `HH:MM:SS.mmm`. */
export function formatTimestamp(ms: number): string {
  const pad = (value: number, length: number) => String(value).padStart(length, '0')
  const whole = Math.max(0, Math.round(ms))
  return `${pad(Math.floor(whole / 3_600_000), 2)}:${pad(Math.floor(whole / 60_000) % 60, 2)}:${pad(Math.floor(whole / 1000) % 60, 2)}.${pad(whole % 1000, 3)}`
}
