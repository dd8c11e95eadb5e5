import { splitTyped } from './plan-edits.ts'

export const paragraphId = (key: string): string => `paragraph-${key}`

export const paragraphElement = (key: string): HTMLElement | null => document.getElementById(paragraphId(key))

/** The key of the paragraph that an element shows; null for any other element. */
export const paragraphKey = ({ id }: Element): string | null =>
  id.startsWith(paragraphId('')) ? id.slice(paragraphId('').length) : null

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

/** The paragraph with the cursor, and how many of its words are before it. */
export function caretPlace(): { key: string; wordIndex: number } | null {
  const element = document.activeElement
  if (!(element instanceof HTMLElement)) return null
  const key = paragraphKey(element)
  const offset = caretOffset(element)
  if (key === null || offset === null) return null
  return { key, wordIndex: wordsBefore(element, offset) }
}

/** Puts the cursor at an offset of a paragraph, and the paragraph in view. */
export function placeCaret(key: string, offset: number): void {
  const element = paragraphElement(key)
  if (!element) return
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'nearest' })
  const node = element.firstChild
  const at = Math.min(offset, node?.textContent?.length ?? 0)
  window.getSelection()?.collapse(node instanceof Text ? node : element, node instanceof Text ? at : 0)
}
