import { formatClock } from '#components/ui/format-duration.ts'
import type { AnswerQuote } from './answer-stream.ts'

/** Enough words to find a passage in the text of its sermon. */
const FRAGMENT_WORDS = 6

/** The address of a quote: its second in the recording, or its words in the text where there is no recording. */
export function quoteHref({ slug, startMs, text, isTextOnly }: AnswerQuote): string {
  return isTextOnly
    ? `/sermons/${slug}#:~:text=${textFragment(text)}`
    : `/sermons/${slug}?t=${Math.floor(startMs / 1000)}`
}

/** The fragment of an address that scrolls to the beginning of a text. Hyphens in it must be escaped. */
export function textFragment(text: string): string {
  return encodeURIComponent(text.split(' ').slice(0, FRAGMENT_WORDS).join(' ')).replaceAll('-', '%2D')
}

/** A quote with who said it and where, without its address. `draftNote` is added to a quote from a draft transcript. */
export function quoteText(quote: AnswerQuote, { draftNote }: { draftNote: string }): string {
  const { speaker, title, startMs, text, isTextOnly, isDraft } = quote
  const source = [speaker, title, isTextOnly ? null : formatClock(startMs)].filter(Boolean).join(', ')
  return `“${text}”\n— ${source}${isDraft ? ` (${draftNote})` : ''}`
}
