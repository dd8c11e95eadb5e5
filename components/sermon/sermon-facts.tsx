import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { useLanguage } from '#components/messages/use-language.ts'
import { textIn } from '#components/text/text-in.ts'
import { classNames } from '#components/ui/class-names.ts'
import { formatDuration } from '#components/ui/format-duration.ts'
import { formatDay } from '#lib/dates/format-date.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** One line of facts: speaker · date · scripture · minutes. Unknown facts are left out. */
export function SermonFacts({
  sermon,
  linked = false,
  brief = false,
  className,
}: {
  sermon: SermonView
  /** Whether the speaker's name links to the speaker's page. */
  linked?: boolean
  /** Speaker and minutes only, for cards. */
  brief?: boolean
  className?: string
}) {
  const language = useLanguage()
  const facts: [string, ReactNode][] = []
  if (sermon.speaker) {
    const { slug, name } = sermon.speaker
    facts.push([
      'speaker',
      linked ? (
        <Link
          key="speaker"
          {...textIn(null)}
          href={`/speakers/${slug}`}
          className="font-medium text-ink underline-offset-4 hover:underline"
        >
          {name}
        </Link>
      ) : (
        <bdi key="speaker">{name}</bdi>
      ),
    ])
  }
  if (sermon.preachedOn && !brief) {
    facts.push([
      'date',
      <time key="date" dateTime={sermon.preachedOn}>
        {formatDay(sermon.preachedOn, language, linked ? 'long' : 'medium')}
      </time>,
    ])
  }
  if (sermon.scripture && !brief) facts.push(['scripture', sermon.scripture])
  if (sermon.durationMs) facts.push(['length', formatDuration(sermon.durationMs, language)])
  if (facts.length === 0) return null
  return (
    <p className={classNames('wrap-anywhere', className)}>
      {facts.map(([key, fact], index) => (
        <Fragment key={key}>
          {index > 0 ? ' ' : null}
          {/* The dot stays with the fact before it, so that no line starts with a dot. */}
          <span className={isShort(fact) ? 'inline-block max-w-full' : undefined}>
            {fact}
            {index < facts.length - 1 ? (
              <>
                <span aria-hidden>{'\u00a0·'}</span>
                <span className="sr-only">,</span>
              </>
            ) : null}
          </span>
        </Fragment>
      ))}
    </p>
  )
}

/** Longer facts may wrap; otherwise they would not fit on a phone. */
const LONGEST_UNBROKEN = 28
const isShort = (fact: ReactNode) => typeof fact !== 'string' || fact.length <= LONGEST_UNBROKEN
