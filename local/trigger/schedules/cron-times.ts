import { CronExpressionParser } from 'cron-parser'

import { AppError } from '#lib/errors.ts'

/** A cron expression and the time zone in which it is read. */
export type Timing = { cron: string; timezone: string }

/** Returns the next `count` times of a schedule after `from`. Throws bad_request for an invalid cron or time zone. */
export function nextTimes({ cron, timezone }: Timing, from: Date, count: number): Date[] {
  try {
    const times = CronExpressionParser.parse(cron, { currentDate: from, tz: timezone })
    return times.take(count).map((time) => time.toDate())
  } catch (cause) {
    throw new AppError('bad_request', `"${cron}" in ${timezone} is not a schedule.`, { cause })
  }
}

/** Returns the next time of a schedule after `from`; null when it has none. */
export function nextTime(timing: Timing, from: Date): Date | null {
  return nextTimes(timing, from, 1)[0] ?? null
}
