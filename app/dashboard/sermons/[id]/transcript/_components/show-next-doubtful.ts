import { type caretPlace, paragraphElement } from './caret.ts'
import type { TranscriptAutosave } from './open-transcript-autosave.ts'
import { isDoubtful, rangeOfWord } from './text-highlights.ts'

/** Selects the next uncertain word, after `place` or from the beginning, and moves the recording to it. */
export function showNextDoubtful(
  editor: TranscriptAutosave,
  place: ReturnType<typeof caretPlace>,
  move: (key: string, wordIndex: number) => void,
): void {
  const keys = editor.paragraphs().map(({ key }) => key)
  const at = place ? keys.indexOf(place.key) : -1
  const doubts = keys.flatMap((key, paragraph) =>
    editor.words(key).flatMap((word, index) => (isDoubtful(word) ? [{ key, paragraph, index }] : [])),
  )
  const next =
    doubts.find(
      ({ paragraph, index }) => paragraph > at || (paragraph === at && index > (place?.wordIndex ?? -1)),
    ) ?? doubts[0]
  if (!next) return
  const element = paragraphElement(next.key)
  element?.focus()
  element?.scrollIntoView({ block: 'center' })
  const range = rangeOfWord({ key: next.key, words: editor.words(next.key) }, next.index)
  if (range) {
    const { startContainer, startOffset, endContainer, endOffset } = range
    // From its end to its beginning: the cursor is before the word, and typing replaces it.
    window.getSelection()?.setBaseAndExtent(endContainer, endOffset, startContainer, startOffset)
  }
  move(next.key, next.index)
}
