'use client'

import Link from 'next/link'
import { type ReactNode, useEffect } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { markQuotes } from '#components/sermon/quote-marks.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { AskScopeOption } from '#lib/ask/ask-scope-options.ts'
import type { AnswerViewProps } from './answer-view.tsx'
import {
  type AskAddress,
  askBody,
  chosenScope,
  nextAddress,
  readAskAddress,
  type ScopeKind,
  writeAskAddress,
} from './ask-address.ts'
import { AskForm } from './ask-form.tsx'
import { followHere } from './follow-here.ts'
import { rememberQuestion } from './recent-questions.ts'
import { type GivenAnswer, useAnswer } from './use-answer.ts'
import { useAskAddress } from './use-ask-address.ts'

const noSuggestions: readonly string[] = []
/** The page of a sermon has none. */
const loadRecentList = () => import('./recent-list.tsx').then((file) => file.RecentList)

export type AskBoxProps = {
  /** What questions can be kept to, narrowest first. */
  options: readonly AskScopeOption[]
  /** The sermon of the page with the box; null on `/ask`. */
  sermon?: { id: string; slug: string } | null
  /** The answer that came with the page. */
  given?: GivenAnswer | null
  suggestions?: readonly string[]
  /** Shown below until a question is asked. */
  idle?: ReactNode
}

/** The question box with the answer below it, which `renderAnswer` shows. */
export function AskBox({
  options,
  sermon = null,
  given = null,
  suggestions = noSuggestions,
  idle,
  renderAnswer,
}: AskBoxProps & { renderAnswer: (props: AnswerViewProps) => ReactNode }) {
  const t = useTranslations('ask')
  const [address, go] = useAskAddress(sermon ? addressAt(sermon.slug) : null)
  const [asking, askAgain] = useAnswer(askBody(address, options), given)
  const chosen = chosenScope(address, options)
  const isOwnSermon = sermon !== null && chosen?.sermonId === sermon.id
  const answer = asking?.state === 'answered' ? asking.answer : null

  const sermonId = sermon?.id ?? null
  const places = answer?.quotes.filter(({ quote }) => quote.sermonId === sermonId) ?? []
  const marks = places.map(({ quote }) => quote.startMs).join()
  useEffect(() => {
    if (sermonId === null) return
    markQuotes(sermonId, marks === '' ? [] : marks.split(',').map(Number))
    return () => markQuotes(sermonId, [])
  }, [sermonId, marks])

  const href = writeAskAddress(address)
  // A question of someone in distress leaves no trace in the browser.
  const isKept = answer !== null && answer.care === null
  useEffect(() => {
    if (isKept) rememberQuestion({ href, question: address.question })
  }, [isKept, href, address.question])

  const ask = (question: string) => go(nextAddress(address, question.replace(/\s+/g, ' ').trim()))
  const choose = (scope: ScopeKind) => go({ ...address, scope }, address.question === '' ? 'replace' : 'push')

  return (
    <div>
      <AskForm
        address={address}
        options={options}
        isBusy={asking?.state === 'asking'}
        onAsk={ask}
        onScope={choose}
      />
      {asking === null ? (
        <>
          {suggestions.length > 0 ? (
            <ul className="mt-4 flex max-w-2xl flex-wrap gap-2" aria-label={t('suggestions')}>
              {suggestions.map((suggestion) => (
                <li key={suggestion}>
                  <a
                    href={writeAskAddress({ ...address, question: suggestion })}
                    onClick={(event) => followHere(event, () => ask(suggestion))}
                    className="press inline-flex min-h-9 items-center rounded-full border border-line bg-raised px-4 text-sm text-soft no-underline hover:border-line-strong hover:text-ink"
                  >
                    {suggestion}
                  </a>
                </li>
              ))}
            </ul>
          ) : null}
          {idle}
          {sermon ? null : (
            <OnDemand load={loadRecentList} props={{ onAsk: (recent) => go(addressOf(recent)) }} />
          )}
        </>
      ) : (
        <>
          {renderAnswer({
            ...{ asking, address, showsSermon: !isOwnSermon, asksAll: chosen === null },
            onAgain: askAgain,
            onGo: go,
          })}
          {sermon && answer ? (
            <p className="mt-8 text-sm">
              <Link href={href} prefetch={false} className="text-soft underline underline-offset-4">
                {t('openAnswer')}
              </Link>
            </p>
          ) : null}
        </>
      )}
    </div>
  )
}

function addressAt(sermon: string): AskAddress {
  return { question: '', earlier: [], sermon, series: '', speaker: '', scope: null }
}

function addressOf(href: string): AskAddress {
  return readAskAddress(new URLSearchParams(href.slice(href.indexOf('?') + 1)))
}
