import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { formatDay } from '#components/ui/format-date.ts'
import { formatDuration } from '#components/ui/format-duration.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** One line of facts: speaker · date · scripture · minutes. What is not known is left out. */
export function SermonFacts({
  sermon,
  linked = false,
  brief = false,
  className,
}: {
  sermon: SermonView
  /** Whether the speaker's name leads to their page. */
  linked?: boolean
  /** Speaker and minutes only, for cards. */
  brief?: boolean
  className?: string
}) {
  const facts: [string, ReactNode][] = []
  if (sermon.speaker) {
    const { slug, name } = sermon.speaker
    facts.push([
      'speaker',
      linked ? (
        <Link
          key="speaker"
          href={`/speakers/${slug}`}
          className="font-medium text-ink underline-offset-4 hover:underline"
        >
          {name}
        </Link>
      ) : (
        name
      ),
    ])
  }
  if (sermon.preachedOn && !brief) {
    facts.push([
      'date',
      <time key="date" dateTime={sermon.preachedOn}>
        {formatDay(sermon.preachedOn)}
      </time>,
    ])
  }
  if (sermon.scripture && !brief) facts.push(['scripture', sermon.scripture])
  if (sermon.durationMs) facts.push(['length', formatDuration(sermon.durationMs)])
  if (facts.length === 0) return null
  return (
    <p className={className}>
      {facts.map(([key, fact], index) => (
        <Fragment key={key}>
          {index > 0 ? <span aria-hidden> · </span> : null}
          {index > 0 ? <span className="sr-only">, </span> : null}
          <span className="whitespace-nowrap">{fact}</span>
        </Fragment>
      ))}
    </p>
  )
}
