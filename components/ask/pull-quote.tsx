'use client'

import { Copy, Share2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import { PlayMoment } from '#components/sermon/play-moment.tsx'
import { quoteCardHref } from '#components/sermon/quote-card-href.ts'
import { toTrack } from '#components/sermon/to-track.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { Pill } from '#components/ui/pill.tsx'
import { copyText, shareAddress } from '#components/ui/share-address.ts'
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

  const say = (outcome: 'copied' | 'refused' | null) => {
    if (outcome === 'copied') showToast(t('copied'))
    if (outcome === 'refused') showToast(t('copyRefused'), 'danger')
  }
  const copy = async () => say(await copyText(`${text}\n${address()}`))
  const share = async () => say(await shareAddress({ title: quote.title, text, url: address() }))

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
          <span className="-mr-2 ml-auto flex flex-wrap">
            <Button variant="quiet" size="sm" icon={<Copy aria-hidden size={15} />} onClick={copy}>
              {t('copy')}
            </Button>
            <Button variant="quiet" size="sm" icon={<Share2 aria-hidden size={15} />} onClick={share}>
              {t('share')}
            </Button>
            <a href={quoteCardHref(quote.sermonId, quote)} download className={buttonClass('quiet', 'sm')}>
              {t('image')}
            </a>
          </span>
        ) : null}
      </figcaption>
    </figure>
  )
}
