import { z } from 'zod'
import { textBlock } from '#lib/text/text-input.ts'
import { LONGEST_TERM } from '#lib/transcripts/learn-terms.ts'

/** Deepgram takes no more in one request. */
const MOST_TERMS = 100

/** One term a line. */
export const churchTermsSchema = textBlock({ name: 'list of terms', max: 10_000 }).transform(
  (text, context): string[] => {
    const terms = new Map<string, string>()
    for (const line of text.split('\n')) {
      const term = line.split(/\s+/u).filter(Boolean).join(' ')
      if (term !== '') terms.set(term.toLowerCase(), term)
    }
    const long = [...terms.values()].find((term) => term.length > LONGEST_TERM)
    if (long !== undefined || terms.size > MOST_TERMS) {
      const message = long
        ? `A term has at most ${LONGEST_TERM} letters: “${long.slice(0, 30)}…”.`
        : `A list has at most ${MOST_TERMS} terms. Remove those that are recognised anyway.`
      context.issues.push({ code: 'custom', message, input: text })
      return z.NEVER
    }
    return [...terms.values()]
  },
)
