'use client'

import { Copy, Download, Minus, Plus, Share2 } from 'lucide-react'
import Image from 'next/image'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { MakeClip } from '#components/clips/make-clip.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { type CardShape, quoteCardHref } from '#components/sermon/quote-card-href.ts'
import type { Marked } from '#components/text/text-in.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { ChoiceChips } from '#components/ui/choice-chips.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { copyText, shareAddress } from '#components/ui/share-address.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { passageAddress } from './passage-address.ts'
import type { SentenceRange, TimedWord } from './sentence-at-time.ts'
import { writeQuote } from './write-quote.ts'

/** Shares sentences of a sermon: their address, and an image of them. */
export function SharePassage({
  sermonId,
  pageHref,
  words,
  sentences,
  isDraft,
  marked,
  chosen,
  onClose,
}: {
  sermonId: string
  /** Null in a text without a recording: it is shared by its words, not by a time. */
  pageHref: string | null
  words: readonly TimedWord[]
  sentences: readonly SentenceRange[]
  /** A draft is passed on as one. */
  isDraft: boolean
  marked: Marked
  chosen: readonly [firstSentence: number, lastSentence: number]
  onClose: () => void
}) {
  const t = useTranslations('share')
  const [[first, last], setChosen] = useState(chosen)
  const [shape, setShape] = useState<CardShape>('square')
  const firstWord = sentences[first]?.[0] ?? 0
  const lastWord = sentences[last]?.[1] ?? firstWord
  const text = words
    .slice(firstWord, lastWord + 1)
    .map(([word]) => word)
    .join(' ')
  const quote = writeQuote(text, isDraft ? t('draftNote') : null)
  const span = { startMs: words[firstWord]?.[1] ?? 0, endMs: words[lastWord]?.[2] ?? 0 }
  const address = () =>
    new URL(
      passageAddress(pageHref, { text, startMs: span.startMs }),
      window.location.origin + window.location.pathname,
    ).href
  const say = (outcome: 'copied' | 'refused' | null) => {
    if (outcome === 'copied') showToast(t('copied'))
    if (outcome === 'refused') showToast(t('copyRefused'), 'danger')
  }
  const card = quoteCardHref(sermonId, span, shape)

  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('title')}
      actions={
        <>
          <Button icon={<Copy aria-hidden size={16} />} onClick={async () => say(await copyText(address()))}>
            {t('copyLink')}
          </Button>
          <Button
            variant="primary"
            icon={<Share2 aria-hidden size={16} />}
            onClick={async () =>
              say(await shareAddress({ title: document.title, text: quote, url: address() }))
            }
          >
            {t('share')}
          </Button>
        </>
      }
    >
      <blockquote
        {...marked}
        className="max-h-40 overflow-y-auto border-s-2 border-accent-line ps-4 font-serif text-base"
      >
        {text}
      </blockquote>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          disabled={first === 0}
          onClick={() => setChosen([first - 1, last])}
        >
          {t('addBefore')}
        </Button>
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          disabled={last >= sentences.length - 1}
          onClick={() => setChosen([first, last + 1])}
        >
          {t('addAfter')}
        </Button>
        <Button
          size="sm"
          icon={<Minus aria-hidden size={14} />}
          disabled={last === first}
          onClick={() => setChosen([first, last - 1])}
        >
          {t('removeLast')}
        </Button>
      </div>
      <section aria-label={t('image')} className="mt-6">
        <h3 className="text-sm font-semibold">{t('image')}</h3>
        <ChoiceChips
          label={t('shape')}
          chosen={shape}
          onChoose={setShape}
          choices={[
            { value: 'square', text: t('square') },
            { value: 'wide', text: t('wide') },
          ]}
        />
        <Card key={card} src={card} shape={shape} text={text} />
      </section>
      <MakeClip key={`${span.startMs} ${span.endMs}`} sermonId={sermonId} span={span} />
    </Dialog>
  )
}

function Card({ src, shape, text }: { src: string; shape: CardShape; text: string }) {
  const t = useTranslations('share')
  const failureText = useFailureText()
  const [refusal, setRefusal] = useState<string | null>(null)
  // An image gives no reason when it cannot be loaded; the same address does.
  const explain = () =>
    callApi('GET', src).then(
      () => undefined,
      (error: unknown) => setRefusal(failureText(error)),
    )
  if (refusal) {
    return (
      <Notice tone="warn" live className="mt-3">
        {refusal}
      </Notice>
    )
  }
  return (
    <>
      <Image
        src={src}
        alt={text}
        width={1200}
        height={shape === 'square' ? 1200 : 630}
        unoptimized
        onError={explain}
        className="mt-3 h-auto w-full max-w-sm rounded-card border border-line bg-sunken"
      />
      <a href={src} download="quote.png" className={`mt-3 ${buttonClass('secondary', 'sm')}`}>
        <Download aria-hidden size={15} />
        {t('downloadImage')}
      </a>
    </>
  )
}
