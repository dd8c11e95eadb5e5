import { expect, it } from 'vitest'
import { writeQuote } from './write-quote.ts'

it('passes a draft on as one', () => {
  expect(writeQuote('Fear not.', 'draft transcript')).toBe('“Fear not.” (draft transcript)')
  expect(writeQuote('Fear not.', null)).toBe('“Fear not.”')
})
