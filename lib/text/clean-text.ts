/**
 * What a database cannot store (NUL, half a surrogate pair) and what no one types (control characters).
 * Tabs and line breaks are white space, not control characters in this sense.
 */
const unstorable = /[^\P{Cc}\t\n\v\f\r]|\p{Cs}/u
const everyUnstorable = new RegExp(unstorable, 'gu')

/** Whether a text contains characters that are refused wherever text is stored. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text)
}

/** Text of a file, a tag or the clipboard as it can be stored: a control character becomes a space. */
export function cleanText(text: string): string {
  return text.replace(everyUnstorable, ' ')
}

/** At most `max` UTF-16 units of a line; a longer one ends after a whole word, with an ellipsis. */
export function shortenLine(text: string, max: number): string {
  if (text.length <= max) return text
  const start = text.slice(0, max - 1)
  const lastSpace = start.lastIndexOf(' ')
  const cut = lastSpace > max / 2 ? start.slice(0, lastSpace) : start.replace(/[\ud800-\udbff]$/, '')
  return `${cut.replace(/[\s,;:–—-]+$/, '')}…`
}
