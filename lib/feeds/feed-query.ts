import { z } from 'zod'
import { cursorQuery } from '#lib/sermons/page-cursor.ts'
import { sermonFilterQuery } from '#lib/sermons/sermon-filter-query.ts'
import { textKey } from '#lib/text/text-input.ts'

/** The query of a feed's address: a filter, and the place where a page begins. */
export const feedQuery = sermonFilterQuery.extend({ after: cursorQuery('newest').optional() })

/** The last part of the address of the feed of a series, speaker or topic, such as `romans.xml`. */
export const feedFileParams = z.object({
  file: textKey({ name: 'address', max: 220 }).refine((file) => file.endsWith('.xml')),
})
