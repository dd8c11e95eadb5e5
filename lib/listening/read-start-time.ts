const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000 }

/**
 * The start time of an address, in milliseconds: seconds (`92.4`), units (`1m30s`, `1h2m`) or a clock (`1:30`,
 * `1:02:03`). Null when it is not a time.
 */
export function readStartTime(value: string | undefined | null): number | null {
  const text = value?.trim().toLowerCase() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000)
  if (/^\d+(:\d{1,2}){1,2}(\.\d+)?$/.test(text)) {
    const seconds = text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    return Math.round(seconds * 1000)
  }
  const [, hours, minutes, seconds] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(text) ?? []
  if (hours === undefined && minutes === undefined && seconds === undefined) return null
  const ms = (number: string | undefined, unit: string) => Number(number ?? 0) * (units[unit] ?? 0)
  return Math.round(ms(hours, 'h') + ms(minutes, 'm') + ms(seconds, 's'))
}
