import Link from 'next/link'
import { jobEngine } from '#app/_server/job-engine.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { Notice } from '#components/ui/notice.tsx'
import { readPausedFacets } from '#lib/runs/read-paused-facets.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** A notice while queued work of these sermons is paused; nothing otherwise. */
export async function PausedNotice({ sermons }: { sermons: readonly SermonView[] }) {
  if (!sermons.some(({ facets }) => Object.values(facets).some(({ status }) => status === 'pending')))
    return null
  const paused = await readPausedFacets({ jobs: jobEngine() })
  if (!sermons.some(({ facets }) => paused.some((facet) => facets[facet].status === 'pending'))) return null
  const t = await readTranslations('dashboard')
  return (
    <Notice tone="warn" className="mb-5">
      {t('pausedNotice')}{' '}
      <Link href="/dashboard/jobs/queues" className="font-medium text-ink underline">
        {t('pausedQueues')}
      </Link>
    </Notice>
  )
}
