'use client'

import { ArrowUp, LoaderCircle } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { AskScopeOption } from '#lib/ask/ask-scope-options.ts'
import { type AskAddress, chosenScope, MAX_QUESTION, questionsBefore, type ScopeKind } from './ask-address.ts'
import { ScopeChips } from './scope-chips.tsx'

/** The box for a question and its scope. Without JavaScript it is an ordinary form that opens `/ask`. */
export function AskForm({
  address,
  options,
  isBusy,
  onAsk,
  onScope,
}: {
  address: AskAddress
  options: readonly AskScopeOption[]
  isBusy: boolean
  onAsk: (question: string) => void
  onScope: (scope: ScopeKind) => void
}) {
  const t = useTranslations('ask')
  const id = useId()
  const [text, setText] = useState(address.question)
  useEffect(() => setText(address.question), [address.question])
  const chosen = chosenScope(address, options)
  const label = t(chosen?.kind === 'sermon' ? 'questionToSermon' : 'question')

  const send = () => {
    if (text.trim() !== '') onAsk(text)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // A question is one paragraph: Enter sends it, except while a word is still being composed.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form action="/ask" method="get" onSubmit={onSubmit} className="max-w-2xl">
      <div className="relative">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <textarea
          id={id}
          name="q"
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={label}
          maxLength={MAX_QUESTION}
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
      </div>
      {questionsBefore(address).map((earlier) => (
        <input key={earlier} type="hidden" name="earlier" value={earlier} />
      ))}
      {(['sermon', 'series', 'speaker'] as const).map((name) =>
        address[name] === '' ? null : <input key={name} type="hidden" name={name} value={address[name]} />,
      )}
      <ScopeChips options={options} chosen={chosen} onChoose={onScope} />
    </form>
  )
}
