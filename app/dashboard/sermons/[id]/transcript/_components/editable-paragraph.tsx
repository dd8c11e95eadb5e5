'use client'

import { type KeyboardEvent, memo, useLayoutEffect, useRef, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { readingIn } from '#components/text/text-in.ts'
import { classNames } from '#components/ui/class-names.ts'
import { formatClock } from '#components/ui/format-duration.ts'
import { isRightToLeft } from '#lib/text/language.ts'
import { caretOffset, paragraphId, wordsBefore } from './caret.ts'

/** The actions of a user in a paragraph. `wordIndex` counts the words before the cursor. */
export type ParagraphActions = {
  edit(key: string, text: string): void
  split(key: string, offset: number): void
  /** Joins a paragraph to the one before it. */
  join(key: string): void
  joinNext(key: string): void
  remove(key: string): void
  undo(): void
  redo(): void
  move(key: string, wordIndex: number): void
  nameSpeaker(key: string): void
}

/**
 * One paragraph of a transcript as editable text. The browser controls the text during typing; a text from elsewhere
 * (find and replace, undo) replaces it. It is not a textarea, because that cannot show highlights within its text.
 */
export const EditableParagraph = memo(function EditableParagraph({
  name,
  text,
  speaker,
  place,
  startMs,
  language,
  actions,
}: {
  name: string
  text: string
  /** Who begins to speak here, or null. */
  speaker: string | null
  /** What names the paragraph where it has no time. */
  place: number
  /** Null in a text without a recording. */
  startMs: number | null
  language: string
  actions: ParagraphActions
}) {
  const t = useTranslations('transcriptEditor')
  const element = useRef<HTMLDivElement>(null)
  const [firstText] = useState(text)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    if (current.textContent !== text) current.textContent = text
    const onBeforeInput = (event: InputEvent) => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
      event.preventDefault()
      if (event.inputType === 'historyUndo') actions.undo()
      else actions.redo()
    }
    current.addEventListener('beforeinput', onBeforeInput)
    return () => current.removeEventListener('beforeinput', onBeforeInput)
  }, [text, actions])

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const { current } = element
    const offset = caretOffset(current)
    const isCollapsed = window.getSelection()?.isCollapsed ?? false
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (offset !== null) actions.split(name, offset)
    } else if (event.key === 'Backspace' && offset === 0 && isCollapsed) {
      event.preventDefault()
      actions.join(name)
    } else if (event.key === 'Delete' && offset === current?.textContent?.length && isCollapsed) {
      event.preventDefault()
      actions.joinNext(name)
    }
  }

  const time = startMs === null ? null : formatClock(startMs)
  return (
    <div
      // Its time and speaker are where its lines begin.
      dir={isRightToLeft(language) ? 'rtl' : undefined}
      className={classNames(
        'mb-[1.1em] [content-visibility:auto] [contain-intrinsic-size:auto_8rem] lg:grid',
        time === null ? 'lg:grid-cols-[0_minmax(0,1fr)]' : 'lg:grid-cols-[4rem_minmax(0,1fr)]',
      )}
    >
      {time === null ? null : (
        <span aria-hidden className="figures block select-none pt-1 font-sans text-xs text-faint">
          {time}
        </span>
      )}
      {speaker === null ? null : (
        <button
          type="button"
          aria-label={
            time === null
              ? t('changeSpeakerIn', { name: speaker, number: place })
              : t('changeSpeaker', { name: speaker, time })
          }
          onClick={() => actions.nameSpeaker(name)}
          className="press col-start-2 row-start-1 min-h-8 justify-self-start rounded-full px-2 text-start font-sans text-sm font-semibold text-soft hover:bg-sunken hover:text-ink"
        >
          {speaker}
        </button>
      )}
      <div
        ref={element}
        id={paragraphId(name)}
        role="textbox"
        aria-multiline="true"
        tabIndex={0}
        aria-label={time === null ? t('paragraphNumber', { number: place }) : t('paragraphAt', { time })}
        contentEditable="plaintext-only"
        suppressContentEditableWarning
        spellCheck
        {...readingIn(language)}
        className="col-start-2 rounded-card px-2 py-1 font-serif text-base text-ink outline-offset-0 hover:bg-sunken focus-visible:bg-sunken"
        onInput={(event) => {
          const typed = event.currentTarget.textContent ?? ''
          // An emptied paragraph is removed when the cursor leaves it: what is typed next still belongs to its words.
          if (typed.trim() !== '') actions.edit(name, typed)
        }}
        onBlur={(event) => {
          if (event.currentTarget.textContent?.trim() === '') actions.remove(name)
        }}
        onKeyDown={onKeyDown}
        onPointerUp={() => {
          const offset = caretOffset(element.current)
          if (offset !== null && window.getSelection()?.isCollapsed)
            actions.move(name, wordsBefore(element.current, offset))
        }}
      >
        {firstText}
      </div>
    </div>
  )
})
