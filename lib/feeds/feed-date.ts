import { readLocalTime, toLocalTime } from '#lib/dates/local-time.ts'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => String(value).padStart(2, '0')

/** A moment as RSS writes it, in the zone of the church: `Sun, 22 Nov 2026 12:00:00 -0800`. */
export function formatFeedDate(iso: string, timeZone: string): string {
  const wholeMs = Math.floor(Date.parse(iso) / 1000) * 1000
  const minute = toLocalTime(new Date(wholeMs).toISOString(), timeZone).slice(0, 16)
  // A remainder is negative before 1970.
  const secondMs = ((wholeMs % 60_000) + 60_000) % 60_000
  const localMs = Date.parse(`${minute}:00Z`) + secondMs
  const offset = Math.round((localMs - wholeMs) / 60_000)
  const local = new Date(localMs)
  const sign = offset < 0 ? '-' : '+'
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`
  const date = `${days[local.getUTCDay()]}, ${two(local.getUTCDate())} ${months[local.getUTCMonth()]}`
  return `${date} ${local.getUTCFullYear()} ${local.toISOString().slice(11, 19)} ${zone}`
}

/**
 * When an episode came out: at noon of the day it was preached, in the zone of the church. A sermon that was
 * published before that noon came out then: podcast apps hide what is dated in the future. Without a day, when it was
 * published for the first time, and at the latest with `oldest`, the oldest episode of the feed that has a day: many
 * apps sort by date, and would show an import of earlier years as the newest.
 */
export function episodeMoment(
  { preachedOn, publishedAt }: { preachedOn: string | null; publishedAt: string },
  { timeZone, oldest }: { timeZone: string; oldest: string | null },
): string {
  if (preachedOn === null) return oldest !== null && oldest < publishedAt ? oldest : publishedAt
  const noon = readLocalTime(`${preachedOn}T12:00`, timeZone)
  if (noon.kind === 'invalid' || noon.kind === 'skipped') return publishedAt
  return noon.iso < publishedAt ? noon.iso : publishedAt
}
