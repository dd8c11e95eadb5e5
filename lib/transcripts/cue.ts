/** A timed cue of a caption file, without markup. `lines` keep the line breaks of the file; `speaker` as it names one. */
export type Cue = { startMs: number; endMs: number; lines: string[]; speaker?: string }

const MAX_HOURS = 24

/** Parses `01:02:03.456`, `02:03.4`, `02:03,456` or `3.5` to ms; null for other texts. */
export function parseTimestamp(text: string): number | null {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,6}))?$/.exec(text)
  if (!match) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match
  const ms =
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
    Math.round(Number(`0.${fraction}`) * 1000)
  return ms <= MAX_HOURS * 3_600_000 ? ms : null
}

/** Formats ms as `HH:MM:SS.mmm`. */
export function formatTimestamp(ms: number): string {
  const pad = (value: number, length: number) => String(value).padStart(length, '0')
  const whole = Math.max(0, Math.round(ms))
  return `${pad(Math.floor(whole / 3_600_000), 2)}:${pad(Math.floor(whole / 60_000) % 60, 2)}:${pad(Math.floor(whole / 1000) % 60, 2)}.${pad(whole % 1000, 3)}`
}
