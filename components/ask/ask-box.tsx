'use client'

import { ArrowUp, LoaderCircle } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { markQuotes } from '#components/sermon/quote-marks.ts'
import { AnswerView } from './answer-view.tsx'
import { useAnswer } from './use-answer.ts'

/** The question box with the answer below it. With `sermonId` it asks only that sermon. */
export function AskBox({
  sermonId = null,
  initialQuestion = '',
  suggestions = [],
  idle,
}: {
  sermonId?: string | null
  /** Asked when the page opens, for shared links. */
  initialQuestion?: string
  suggestions?: string[]
  /** Shown below until a question is asked. */
  idle?: ReactNode
}) {
  const t = useTranslations('ask')
  const label = t(sermonId ? 'questionToSermon' : 'question')
  const id = useId()
  const [question, setQuestion] = useState(initialQuestion)
  const [asking, ask] = useAnswer(sermonId)
  const asked = useRef('')

  // Leaving the page cancels an answer; ask again when the box is mounted again.
  useEffect(
    () => () => {
      asked.current = ''
    },
    [],
  )
  useEffect(() => {
    if (initialQuestion.trim() === '' || asked.current === initialQuestion) return
    asked.current = initialQuestion
    setQuestion(initialQuestion)
    ask(initialQuestion.trim())
  }, [initialQuestion, ask])

  const places = asking.state === 'answered' ? asking.answer.quotes.map(({ quote }) => quote.startMs) : []
  const marks = places.join()
  useEffect(() => {
    if (!sermonId) return
    markQuotes(sermonId, marks === '' ? [] : marks.split(',').map(Number))
    return () => markQuotes(sermonId, [])
  }, [sermonId, marks])

  const send = (text: string) => {
    const trimmed = text.trim()
    if (trimmed === '') return
    asked.current = trimmed
    setQuestion(trimmed)
    ask(trimmed)
    // The address can be shared. Replaced, not pushed: the back button still leaves the page.
    if (!sermonId) window.history.replaceState(null, '', `/ask?q=${encodeURIComponent(trimmed)}`)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send(question)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // A question is one paragraph: Enter sends it, except while a word is still being composed.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send(question)
  }
  const isBusy = asking.state === 'asking'

  return (
    <div>
      <form action="/ask" method="get" onSubmit={onSubmit} className="relative max-w-2xl">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <textarea
          id={id}
          name="q"
          rows={1}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={label}
          maxLength={500}
          autoComplete="off"
          enterKeyHint="send"
          className="block field-sizing-content min-h-15 max-h-40 w-full resize-none rounded-[1.875rem] border border-line-strong bg-raised py-4 pr-16 pl-6 text-base leading-[1.65] text-ink transition-colors duration-150 placeholder:text-faint hover:border-ink focus-visible:rounded-[1.875rem] focus-visible:outline-offset-0"
        />
        <button
          type="submit"
          aria-label={t('submit')}
          disabled={isBusy}
          className="press absolute right-2 bottom-2 grid size-11 place-items-center rounded-full bg-accent text-accent-ink hover:bg-accent-strong"
        >
          {isBusy ? (
            <LoaderCircle aria-hidden size={20} className="animate-turn" />
          ) : (
            <ArrowUp aria-hidden size={21} />
          )}
        </button>
      </form>
      <noscript>
        <p className="mt-4 text-sm text-soft">
          {t.rich('needsScript', {
            search: (text) => (
              <a href="/search" className="underline underline-offset-4">
                {text}
              </a>
            ),
          })}
        </p>
      </noscript>
      {asking.state === 'idle' ? (
        <>
          {suggestions.length > 0 ? (
            <ul className="mt-4 flex max-w-2xl flex-wrap gap-2" aria-label={t('suggestions')}>
              {suggestions.map((suggestion) => (
                <li key={suggestion}>
                  <button
                    type="button"
                    onClick={() => send(suggestion)}
                    className="press min-h-9 rounded-full border border-line bg-raised px-4 text-sm text-soft hover:border-line-strong hover:text-ink"
                  >
                    {suggestion}
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          {idle}
        </>
      ) : (
        <AnswerView asking={asking} showsSermon={sermonId === null} onAgain={() => send(asking.question)} />
      )}
    </div>
  )
}
