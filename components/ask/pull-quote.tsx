'use client'

import { Copy, Share2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import { PlayMoment } from '#components/sermon/play-moment.tsx'
import { toTrack } from '#components/sermon/to-track.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { Pill } from '#components/ui/pill.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { AnswerQuote } from './answer-stream.ts'
import { quoteHref, quoteText } from './quote-text.ts'

/** A quote, word for word, with its place and a button that plays it. */
export function PullQuote({
  quote,
  look = 'answer',
  showsSermon = true,
}: {
  quote: AnswerQuote
  /** `nearest` is smaller: close to the question, but not an answer to it. */
  look?: 'answer' | 'nearest'
  /** False on the sermon's own page. */
  showsSermon?: boolean
}) {
  const t = useTranslations('ask')
  const track = toTrack({
    id: quote.sermonId,
    slug: quote.slug,
    title: quote.title,
    speaker: quote.speaker,
    series: null,
    scripture: '',
    durationMs: null,
    mediaRevision: quote.recording,
    language: quote.language,
  })
  const href = quoteHref(quote)
  const address = () => new URL(href, window.location.href).href
  const text = quoteText(quote, { draftNote: t('draftNote') })

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${text}\n${address()}`)
      showToast(t('copied'))
    } catch {
      showToast(t('copyRefused'), 'danger')
    }
  }
  const share = async () => {
    if (!('share' in navigator)) return copy()
    try {
      await navigator.share({ title: quote.title, text, url: address() })
    } catch (error) {
      // Closing the share sheet is not a failure.
      if (!(error instanceof DOMException && error.name === 'AbortError')) await copy()
    }
  }

  const isAnswer = look === 'answer'
  return (
    <figure className={classNames('relative animate-appear', isAnswer ? 'pl-8 md:pl-10' : 'pl-5')}>
      {isAnswer ? (
        <span
          aria-hidden
          className="absolute -top-2 left-0 select-none font-serif text-[3.75rem] leading-none text-accent-line md:text-[4.5rem]"
        >
          “
        </span>
      ) : (
        <span aria-hidden className="absolute inset-y-1 left-0 w-px bg-accent-line" />
      )}
      <blockquote
        className={classNames(
          'font-serif text-pretty',
          isAnswer ? 'reading leading-[1.5]! text-ink' : 'text-base text-soft',
        )}
      >
        <p {...readingIn(quote.language)}>{quote.text}</p>
      </blockquote>
      <figcaption className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {quote.isTextOnly ? null : <PlayMoment track={track} startMs={quote.startMs} endMs={quote.endMs} />}
        {quote.isDraft ? <Pill tone="warn">{t('draft')}</Pill> : null}
        {showsSermon ? (
          <span className="min-w-0 text-sm text-faint">
            <Link
              {...textIn(quote.language)}
              href={href}
              className="font-medium text-soft underline-offset-4 hover:text-ink hover:underline"
            >
              {quote.title}
            </Link>
            {quote.speaker ? (
              <>
                {' · '}
                <bdi>{quote.speaker}</bdi>
              </>
            ) : null}
          </span>
        ) : null}
        {isAnswer ? (
          <span className="-mr-2 ml-auto flex">
            <Button variant="quiet" size="sm" icon={<Copy aria-hidden size={15} />} onClick={copy}>
              {t('copy')}
            </Button>
            <Button variant="quiet" size="sm" icon={<Share2 aria-hidden size={15} />} onClick={share}>
              {t('share')}
            </Button>
          </span>
        ) : null}
      </figcaption>
    </figure>
  )
}
