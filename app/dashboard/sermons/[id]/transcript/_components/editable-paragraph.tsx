'use client'

import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { readingIn } from '#components/text/text-in.ts'
import { formatClock } from '#components/ui/format-duration.ts'
import { splitTyped } from './plan-edits.ts'

export const paragraphId = (key: string): string => `paragraph-${key}`

/** The actions of a user in a paragraph. `wordIndex` counts the words before the cursor. */
export type ParagraphActions = {
  edit(key: string, text: string): void
  split(key: string, wordIndex: number): void
  join(key: string): void
  move(key: string, wordIndex: number): void
}

/**
 * One paragraph of a transcript as editable text. The browser controls the text during typing; a text from elsewhere
 * (find and replace, undo of a conflict) replaces it. It is not a textarea, because that cannot show highlights within
 * its text.
 */
export const EditableParagraph = memo(function EditableParagraph({
  name,
  text,
  startMs,
  language,
  actions,
}: {
  name: string
  text: string
  startMs: number
  language: string
  actions: ParagraphActions
}) {
  const t = useTranslations('transcriptEditor')
  const element = useRef<HTMLDivElement>(null)
  const [firstText] = useState(text)
  useEffect(() => {
    if (element.current && element.current.textContent !== text) element.current.textContent = text
  }, [text])

  function onKeyDown(event: KeyboardEvent) {
    const offset = caretOffset(element.current)
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (offset !== null) actions.split(name, wordsBefore(element.current, offset))
    } else if (event.key === 'Backspace' && offset === 0 && window.getSelection()?.isCollapsed) {
      event.preventDefault()
      actions.join(name)
    }
  }

  return (
    <div className="mb-[1.1em] [content-visibility:auto] [contain-intrinsic-size:auto_8rem] lg:grid lg:grid-cols-[4rem_minmax(0,1fr)]">
      <span aria-hidden className="figures block select-none pt-1 font-sans text-xs text-faint">
        {formatClock(startMs)}
      </span>
      <div
        ref={element}
        id={paragraphId(name)}
        role="textbox"
        aria-multiline="true"
        tabIndex={0}
        aria-label={t('paragraphAt', { time: formatClock(startMs) })}
        contentEditable="plaintext-only"
        suppressContentEditableWarning
        spellCheck
        {...readingIn(language)}
        className="rounded-card px-2 py-1 font-serif text-base text-ink outline-offset-0 hover:bg-sunken focus-visible:bg-sunken"
        onInput={(event) => {
          const typed = event.currentTarget.textContent ?? ''
          // An emptied paragraph is removed when the cursor leaves it: what is typed next still belongs to its words.
          if (typed.trim() !== '') actions.edit(name, typed)
        }}
        onBlur={(event) => {
          if (event.currentTarget.textContent?.trim() === '') actions.edit(name, '')
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

/** The offset of the cursor in the text of an element; null while the cursor is elsewhere. */
export function caretOffset(element: HTMLElement | null): number | null {
  const selection = window.getSelection()
  if (!element || !selection?.focusNode || !element.contains(selection.focusNode)) return null
  const before = document.createRange()
  before.selectNodeContents(element)
  before.setEnd(selection.focusNode, selection.focusOffset)
  return before.toString().length
}

/** How many words end before the offset. A cursor within a word counts as before it. */
export function wordsBefore(element: HTMLElement | null, offset: number): number {
  const text = element?.textContent ?? ''
  const count = splitTyped(text.slice(0, offset)).length
  const isWithinWord = /\S$/u.test(text.slice(0, offset)) && /^\S/u.test(text.slice(offset))
  return isWithinWord ? Math.max(0, count - 1) : count
}
