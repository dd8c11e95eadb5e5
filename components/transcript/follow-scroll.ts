/** The spoken sentence is kept at this share of the visible height. */
const READING_SHARE = 0.3

/**
 * Where to scroll so that the spoken sentence is in the upper third, or null if it is already well placed or the
 * reader is above the transcript. All in pixels; tops are relative to the window.
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
  // A reader who sees the title and the artwork is not reading along yet.
  if (view.transcriptTop > visibleHeight * 0.55) return null
  const wellPlaced = view.sentenceTop >= visibleHeight * 0.14 && view.sentenceBottom <= visibleHeight * 0.62
  if (wellPlaced) return null
  return Math.max(0, view.scrollY + view.sentenceTop - visibleHeight * READING_SHARE)
}

/** Keys that scroll the page. */
export const scrollKeys: ReadonlySet<string> = new Set([
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'ArrowUp',
  'ArrowDown',
])
