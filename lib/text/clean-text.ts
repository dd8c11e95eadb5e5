/**
 * Characters that a database cannot store (NUL, half a surrogate pair), and control characters other than tabs and
 * line breaks, which no one types.
 */
const unstorable = /[^\P{Cc}\t\n\v\f\r]|\p{Cs}/u
const everyUnstorable = new RegExp(unstorable, 'gu')

/** Whether a text contains characters that are refused wherever text is stored. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text)
}

/** Makes text of a file, a tag or the clipboard storable: control characters become spaces. */
export function cleanText(text: string): string {
  return text.replace(everyUnstorable, ' ')
}

/** Shortens a line to at most `max` UTF-16 units, after a whole word and with an ellipsis. */
export function shortenLine(text: string, max: number): string {
  if (text.length <= max) return text
  const start = text.slice(0, max - 1)
  const lastSpace = start.lastIndexOf(' ')
  const cut = lastSpace > max / 2 ? start.slice(0, lastSpace) : start.replace(/[\ud800-\udbff]$/, '')
  return `${cut.replace(/[\s,;:–—-]+$/, '')}…`
}
