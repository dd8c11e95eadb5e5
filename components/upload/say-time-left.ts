import type { Translations } from '#components/messages/translations.ts'

/** Formats a time as "about 40 s left", "about 3 min left" or "about 1 h 20 min left". */
export function formatTimeLeft(seconds: number, t: Translations<'upload'>): string {
  if (seconds < 10) return t('secondsLeft')
  if (seconds < 55) return t('aboutSecondsLeft', { count: Math.round(seconds / 10) * 10 })
  const total = Math.max(1, Math.round(seconds / 60))
  if (total < 60) return t('aboutMinutesLeft', { count: total })
  const [hours, minutes] = [Math.floor(total / 60), total % 60]
  return minutes === 0 ? t('aboutHoursLeft', { hours }) : t('aboutHoursMinutesLeft', { hours, minutes })
}
