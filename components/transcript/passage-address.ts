import { textFragment } from '#components/ask/quote-text.ts'

/**
 * The address of words of a sermon: their second on its page, or on the open page the words themselves, where a text
 * without a recording has no page with times (`pageHref` null).
 */
export function passageAddress(
  pageHref: string | null,
  { text, startMs }: { text: string; startMs: number },
): string {
  return pageHref === null
    ? `#:~:text=${textFragment(text)}`
    : `${pageHref}?t=${(startMs / 1000).toFixed(1).replace(/\.0$/, '')}`
}
