import { expect, it } from 'vitest'
import { quoteHref, quoteText } from './quote-text.ts'

const quote = {
  sermonId: 'a',
  slug: 'on-fear',
  title: 'On Fear',
  speaker: 'Ann Reed',
  recording: 1,
  startMs: 83_400,
  endMs: 90_000,
  text: 'Fear not, little flock, for the well-meaning.',
  language: 'en',
  isDraft: false,
  isTextOnly: false,
}
const draftNote = 'draft transcript'

it('names who said a quote, in which sermon and when', () =>
  expect(quoteText(quote, { draftNote })).toBe(`“${quote.text}”\n— Ann Reed, On Fear, 1:23`))

it('says that a quote is from a draft transcript', () =>
  expect(quoteText({ ...quote, isDraft: true }, { draftNote })).toBe(
    `“${quote.text}”\n— Ann Reed, On Fear, 1:23 (draft transcript)`,
  ))

it('leads to the second of a recording, and to the words of a text', () => {
  expect(quoteHref(quote)).toBe('/sermons/on-fear?t=83')
  const written = {
    ...quote,
    isTextOnly: true,
    speaker: null,
    text: 'A well-known text of more than six words.',
  }
  expect(quoteHref(written)).toBe('/sermons/on-fear#:~:text=A%20well%2Dknown%20text%20of%20more%20than')
  expect(quoteText(written, { draftNote })).toBe(`“${written.text}”\n— On Fear`)
})
