/** Where the spoken line is kept: this share of the window from its top. */
const READING_LINE = 0.3

/**
 * Where to scroll so that the spoken sentence stands at the upper third, or null when it is well placed
 * already or the transcript is not what is being looked at. All in pixels; tops are relative to the window.
 */
export function followScroll(view: {
  sentenceTop: number
  sentenceBottom: number
  transcriptTop: number
  windowHeight: number
  coveredHeight: number
  scrollY: number
}): number | null {
  const visibleHeight = view.windowHeight - view.coveredHeight
  // Someone looking at the title and the artwork is not reading along yet.
  if (view.transcriptTop > visibleHeight * 0.55) return null
  const wellPlaced = view.sentenceTop >= visibleHeight * 0.14 && view.sentenceBottom <= visibleHeight * 0.62
  if (wellPlaced) return null
  return Math.max(0, view.scrollY + view.sentenceTop - visibleHeight * READING_LINE)
}

/** Keys by which one scrolls by hand. */
export const scrollKeys: ReadonlySet<string> = new Set([
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'ArrowUp',
  'ArrowDown',
])
