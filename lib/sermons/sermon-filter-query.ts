import { z } from 'zod'
import { bookBySlug } from '#lib/scripture/bible-books.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'

/** A `SermonFilter` in the query of an address. An empty part leaves all sermons; an unknown book is refused. */
export const sermonFilterQuery = z.object({
  series: textKey({ name: 'series', max: 200 }).optional(),
  speaker: textKey({ name: 'speaker', max: 200 }).optional(),
  topic: textKey({ name: 'topic', max: 200 }).optional(),
  book: textKey({ name: 'book', max: 60 })
    .transform((slug, context) => {
      if (slug === '') return undefined
      const book = bookBySlug(slug)
      if (!book)
        context.issues.push({ code: 'custom', message: 'There is no such book of the Bible.', input: slug })
      return book
    })
    .optional(),
  year: z
    .union([z.literal('').transform(() => undefined), z.coerce.number().int().min(1000).max(9999)])
    .optional(),
  q: textLine({ name: 'search text', max: 200 }).optional(),
})
