'use client'

import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { MAX_TOPICS, sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** The topics of a sermon. Enter or a comma adds what was typed; so does leaving the field. */
export function TopicsField({
  topics,
  known,
  suggested,
  disabled,
  onChange,
}: {
  topics: readonly string[]
  /** What the church has used before. */
  known: readonly string[]
  /** What the text speaks of. */
  suggested: readonly string[]
  disabled: boolean
  onChange: (topics: string[]) => void
}) {
  const t = useTranslations('upload')
  const id = useId()
  const [typed, setTyped] = useState('')
  const [news, setNews] = useState('')
  const input = useRef<HTMLDivElement>(null)
  const focusInput = () => input.current?.querySelector('input')?.focus()
  const isFull = topics.length >= MAX_TOPICS

  /** A name with a comma that the church uses is one topic. */
  const divide = (text: string) => (known.includes(text) ? [text] : text.split(/[,\n]/))
  const add = (parts: readonly string[]) => {
    const next = [...topics]
    for (const part of parts) {
      const written = part.replace(/\s+/g, ' ').trim()
      const name = known.find((one) => isSame(one, written)) ?? written
      if (name !== '' && next.length < MAX_TOPICS && !next.some((one) => isSame(one, name))) next.push(name)
    }
    setTyped('')
    if (next.length === topics.length) return
    setNews(t('topicAdded', { name: next.at(-1) ?? '' }))
    onChange(next)
  }
  const remove = (name: string) => {
    setNews(t('topicRemoved', { name }))
    onChange(topics.filter((one) => one !== name))
    focusInput()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter chooses its characters.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add(divide(typed))
  }
  const offered = isFull ? [] : suggested.filter((name) => !topics.some((one) => isSame(one, name)))

  return (
    <div ref={input} className="flex flex-col gap-2">
      <TextField
        label={t('topics')}
        {...textIn(null)}
        value={typed}
        disabled={disabled || isFull}
        maxLength={sermonTextLimits.topic}
        list={`${id}-topics`}
        autoComplete="off"
        enterKeyHint="done"
        hint={isFull ? t('topicsFull', { count: MAX_TOPICS }) : disabled ? undefined : t('topicsHint')}
        onChange={({ currentTarget: { value } }) =>
          value.includes(',') ? add(divide(value)) : setTyped(value)
        }
        onKeyDown={onKeyDown}
        onBlur={() => add(divide(typed))}
      />
      <datalist id={`${id}-topics`}>
        {known
          .filter((name) => !topics.includes(name))
          .map((name) => (
            <option key={name} value={name} />
          ))}
      </datalist>
      {topics.length > 0 ? (
        <ul aria-label={t('topics')} className="flex flex-wrap gap-2">
          {topics.map((name) => (
            <li
              key={name}
              className="inline-flex min-h-9 max-w-full items-center rounded-full border border-line-strong bg-sunken pl-3.5 text-sm"
            >
              <span {...textIn(null)} className={disabled ? 'pr-3.5 wrap-anywhere' : 'wrap-anywhere'}>
                {name}
              </span>
              {disabled ? null : (
                <button
                  type="button"
                  aria-label={t('removeTopic', { name })}
                  className="press grid size-9 shrink-0 place-items-center rounded-full text-soft hover:text-ink"
                  onClick={() => remove(name)}
                >
                  <X aria-hidden size={15} />
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {offered.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2 text-sm text-soft">
          <span>{t('suggestedTopics')}</span>
          {offered.map((name) => (
            <Button
              key={name}
              size="sm"
              aria-label={t('addTopic', { name })}
              icon={<Plus aria-hidden size={15} />}
              onClick={() => {
                add([name])
                focusInput()
              }}
            >
              {name}
            </Button>
          ))}
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {news}
      </p>
    </div>
  )
}
