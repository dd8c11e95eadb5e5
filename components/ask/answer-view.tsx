'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { AnswerListView, LinkedSermon } from './answer-list-view.tsx'
import { AnswerReading } from './answer-reading.tsx'
import type { AnswerQuote } from './answer-stream.ts'
import type { AskAddress } from './ask-address.ts'
import type { Asking } from './follow-answer.ts'
import { PullQuote } from './pull-quote.tsx'

export type AnswerViewProps = {
  asking: Asking
  address: AskAddress
  showsSermon: boolean
  /** Whether every sermon is asked. */
  asksAll: boolean
  onAgain: () => void
  /** Asks what an address asks. */
  onGo: (address: AskAddress) => void
}

/** An answer in each state: loading, complete, "not preached here yet" and failed. */
export function AnswerView({ asking, address, showsSermon, asksAll, onAgain, onGo }: AnswerViewProps) {
  const t = useTranslations('ask')
  if (asking.state === 'failed') {
    return (
      <Notice
        tone="danger"
        live
        className="mt-8 max-w-2xl"
        action={
          <Button size="sm" onClick={onAgain}>
            {t('askAgain')}
          </Button>
        }
      >
        {asking.message ?? t(asking.failure)}
      </Notice>
    )
  }
  const { answer } = asking
  const isDone = asking.state === 'answered'
  const hasList =
    answer.linked !== null ||
    (answer.list !== null && answer.list.sermons.length + answer.list.speakers.length > 0)
  const isRefused = !hasList && (answer.isRefused === true || (isDone && answer.quotes.length === 0))
  const isEmpty = !isRefused && !hasList && answer.quotes.length === 0
  return (
    <>
      <AnswerReading answer={answer} address={address} onGo={onGo} />
      <div className="mt-10 max-w-[46rem]" aria-busy={!isDone}>
        <p role="status" className="sr-only">
          {!isDone
            ? t('searching')
            : isRefused && answer.care
              ? null
              : isRefused
                ? t(answer.isRelated ? 'relatedTitle' : 'notPreachedTitle')
                : t('quotesFound', { count: answer.quotes.length })}
        </p>
        {answer.care ? (
          <Notice tone="info" live className="mb-10">
            {answer.care}
          </Notice>
        ) : null}
        {answer.modelWords ? <ModelWords text={answer.modelWords} /> : null}
        {isEmpty ? <AnswerSkeleton /> : null}
        {answer.linked ? <LinkedSermon sermon={answer.linked} /> : null}
        {answer.list ? <AnswerListView list={answer.list} /> : null}
        {isRefused && answer.care ? null : isRefused ? (
          <Refusal
            nearest={answer.nearest}
            isRelated={answer.isRelated}
            note={answer.note}
            showsSermon={showsSermon}
            asksAll={asksAll}
          />
        ) : (
          <div className="flex flex-col gap-12">
            {answer.quotes.map(({ id, quote }) => (
              <PullQuote key={id} quote={quote} showsSermon={showsSermon} />
            ))}
          </div>
        )}
        {answer.note && !isRefused ? <p className="mt-10 text-xs text-faint">{answer.note}</p> : null}
      </div>
    </>
  )
}

/** Text that a model wrote: smaller, in the sans-serif of the app, and marked. */
function ModelWords({ text }: { text: string }) {
  const t = useTranslations('ask')
  return (
    <div className="mb-10 border-l-2 border-line pl-4">
      <p className="text-sm whitespace-pre-line text-soft">{text}</p>
      <p className="mt-1.5 text-xs text-faint">{t('notPreachersWords')}</p>
    </div>
  )
}

function Refusal({
  nearest,
  isRelated,
  note,
  showsSermon,
  asksAll,
}: {
  nearest: AnswerQuote[]
  isRelated: boolean
  /** Why nothing answers, where that is known. */
  note: string | null
  showsSermon: boolean
  asksAll: boolean
}) {
  const t = useTranslations('ask')
  return (
    <div className="animate-appear">
      <h2 className="title text-xl">{t(isRelated ? 'relatedTitle' : 'notPreachedTitle')}</h2>
      <p className="mt-2 max-w-prose text-base text-soft">
        {note ??
          t(
            isRelated
              ? 'relatedText'
              : asksAll
                ? 'notPreachedText'
                : showsSermon
                  ? 'notPreachedInScope'
                  : 'notPreachedInSermon',
          )}
      </p>
      {nearest.length > 0 ? (
        <section className="mt-10" aria-labelledby="nearest-moments">
          <h3 id="nearest-moments" className="text-xs font-medium text-faint">
            {t(isRelated ? 'related' : 'nearest')}
          </h3>
          <div className="mt-5 flex flex-col gap-8">
            {nearest.map((quote) => (
              <PullQuote
                key={`${quote.sermonId}@${quote.startMs}`}
                quote={quote}
                look="nearest"
                showsSermon={showsSermon}
              />
            ))}
          </div>
        </section>
      ) : null}
    </div>
  )
}

function AnswerSkeleton() {
  return (
    <div className="flex flex-col gap-3 pl-10">
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-[94%]" />
      <Skeleton className="h-5 w-[60%]" />
      <Skeleton className="mt-2 h-9 w-24 rounded-full!" />
    </div>
  )
}
