/** A place or length as a clock: `14:32`, `1:02:05`. Negative and unknown values read as `0:00`. */
export function formatClock(milliseconds: number): string {
  const total = Number.isFinite(milliseconds) ? Math.max(0, Math.floor(milliseconds / 1000)) : 0
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  const seconds = String(total % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}

/** A length for a line of facts, in the reader's language: `38 min`, `1 hr 12 min`, `45 sec`. */
export function formatDuration(milliseconds: number, language: string): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return joinUnits([[seconds, 'second']], 'short', language)
  const minutes = Math.round(seconds / 60)
  const parts: Part[] = [
    [Math.floor(minutes / 60), 'hour'],
    [minutes % 60, 'minute'],
  ]
  return joinUnits(
    parts.filter(([count]) => count > 0),
    'short',
    language,
  )
}

/** A length as it is said aloud, in the reader's language: `12 minutes 5 seconds`. For `aria-valuetext` and the like. */
export function speakDuration(milliseconds: number, language: string): string {
  const total = Number.isFinite(milliseconds) ? Math.max(0, Math.floor(milliseconds / 1000)) : 0
  const parts: Part[] = [
    [Math.floor(total / 3600), 'hour'],
    [Math.floor((total % 3600) / 60), 'minute'],
    [total % 60, 'second'],
  ]
  const known = parts.filter(([count]) => count > 0)
  return joinUnits(known.length > 0 ? known : [[0, 'second']], 'long', language)
}

type Part = [count: number, unit: 'hour' | 'minute' | 'second']

function joinUnits(parts: readonly Part[], unitDisplay: 'short' | 'long', language: string): string {
  return parts
    .map(([count, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(count),
    )
    .join(' ')
}
