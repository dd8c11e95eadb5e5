'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { whenLoaded } from '#components/ui/when-loaded.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

const isUnfinished = (sermon: SermonView) =>
  Object.values(sermon.facets).some(({ status }) => status !== 'ready' && status !== 'failed')

const outline = (sermon: SermonView) =>
  [sermon.publication, sermon.title, ...Object.values(sermon.facets).map(({ status }) => status)].join('|')

/** The latest event of the stream of `LiveFacets`, for the progress that is shown elsewhere on the page. */
const listeners = new Set<(sermon: SermonView) => void>()

/** Watches a sermon with unfinished processing, and refreshes the page when one of its facets changes. */
export function LiveFacets({ sermon }: { sermon: SermonView }) {
  const router = useRouter()
  const shown = useRef(outline(sermon))
  shown.current = outline(sermon)
  const unfinished = isUnfinished(sermon)
  const { id } = sermon
  useEffect(() => {
    if (!unfinished) return
    // Most sermons are finished: their pages load no code for it.
    return whenLoaded(import('./follow-sermon.ts'), ({ followSermon }) =>
      followSermon(id, (next) => {
        for (const listener of listeners) listener(next)
        if (outline(next) !== shown.current) router.refresh()
      }),
    )
  }, [id, unfinished, router])
  return null
}

/** The live progress of one facet; `children` is its description. */
export function FacetProgress({
  sermon,
  facet,
  label,
  children,
}: {
  sermon: SermonView
  facet: 'media' | 'transcript' | 'index'
  label: string
  children: ReactNode
}) {
  const [progress, setProgress] = useState(sermon.facets[facet].progress)
  const { id } = sermon
  useEffect(() => {
    const onSermon = (next: SermonView) => {
      if (next.id === id) setProgress(next.facets[facet].progress)
    }
    listeners.add(onSermon)
    return () => {
      listeners.delete(onSermon)
    }
  }, [id, facet])
  return (
    <div className="rounded-card border border-line bg-raised px-5 py-4">
      <div className="text-sm text-soft">{children}</div>
      <ProgressBar value={progress > 0 ? progress : null} label={label} className="mt-3" />
    </div>
  )
}
