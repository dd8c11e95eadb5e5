import { formatDuration } from '#components/ui/format-duration.ts'
import { formatDay } from '#lib/dates/format-date.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** The facts under a title: speaker, date, scripture, length; unknown ones are left out. */
export function sermonFacts(sermon: SermonView, language: string): string {
  return [
    sermon.speaker?.name,
    sermon.preachedOn ? formatDay(sermon.preachedOn, language, 'medium') : null,
    sermon.scripture || null,
    sermon.durationMs === null ? null : formatDuration(sermon.durationMs, language),
    sermon.series?.title,
  ]
    .filter((fact) => fact !== null && fact !== undefined)
    .map((fact) => (fact.length <= LONGEST_WHOLE ? fact.replaceAll(' ', '\u00a0') : fact))
    .join('\u00a0· ')
}

/** Shorter facts do not wrap between their words, such as "5 min". */
const LONGEST_WHOLE = 20

/** What seems to be missing in the recording, as long as no person has decided to use it anyway. */
export function firstWarning({ recording }: SermonView): string | null {
  return recording?.warnings.find(({ confirmed }) => !confirmed)?.message ?? null
}

/** The first thing that went wrong, in the words a pastor reads. */
export function firstFailure(sermon: SermonView): string | null {
  const { media, transcript, index } = sermon.facets
  return media.error?.message ?? transcript.error?.message ?? index.error?.message ?? null
}
