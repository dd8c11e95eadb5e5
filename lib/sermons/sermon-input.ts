import { z } from 'zod'
import { dayInput } from '#lib/dates/date-input.ts'
import { MAX_TOPICS, sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import { findLanguage } from '#lib/text/language.ts'
import { textBlock, textLine } from '#lib/text/text-input.ts'

const line = (name: 'title' | 'speaker' | 'series' | 'scripture') =>
  textLine({ name, max: sermonTextLimits[name] })

const unknownLanguage = 'Give the language as a tag such as en, fil, zh-Hant or es-419.'

/** A language tag of BCP 47, in its usual spelling. */
export const languageSchema = z
  .stringFormat('language', (tag) => findLanguage(tag) !== null, { error: unknownLanguage })
  .overwrite((tag) => findLanguage(tag) ?? tag)

/** The details of a sermon that a user can edit; the same in forms, the API and the CLI. */
export const sermonFieldsSchema = z.object({
  title: line('title'),
  speaker: line('speaker'),
  series: line('series'),
  topics: z
    .array(textLine({ name: 'topic', max: sermonTextLimits.topic, required: 'Give the topic a name.' }))
    .max(MAX_TOPICS, { error: `A sermon has at most ${MAX_TOPICS} topics. Remove some.` }),
  scripture: line('scripture'),
  description: textBlock({ name: 'description', max: sermonTextLimits.description }),
  preachedOn: z.union([dayInput, z.literal('').transform(() => null), z.null()]),
  language: languageSchema,
})

/** The details of a recording before its upload. */
export const recordingSchema = z.object({
  fileName: textLine({ name: 'file name', max: 255, required: 'Give the file name.' }),
  sizeBytes: z.number().int().nonnegative(),
  contentType: textLine({ name: 'content type', max: 100 }).default('application/octet-stream'),
})

export const newSermonSchema = sermonFieldsSchema.partial().extend({
  ...recordingSchema.shape,
  publish: z.boolean().default(false),
})

/** Longer than any sermon that is preached in one piece. */
const MAX_TEXT_LENGTH = 1_000_000

export const newTextSermonSchema = sermonFieldsSchema.partial().extend({
  title: textLine({ name: 'title', max: sermonTextLimits.title, required: 'Give the sermon a title.' }),
  text: textBlock({ name: 'text', max: MAX_TEXT_LENGTH, required: 'Give the text of the sermon.' }),
  publish: z.boolean().default(false),
})

export const sermonChangesSchema = sermonFieldsSchema.partial()

export type NewSermon = z.infer<typeof newSermonSchema>
export type NewTextSermon = z.infer<typeof newTextSermonSchema>
export type SermonChanges = z.infer<typeof sermonChangesSchema>
