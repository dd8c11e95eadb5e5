import { z } from 'zod'

const line = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => value.replace(/\s+/g, ' ').trim())

/** What a person may say of a sermon; the same in forms, the API and the CLI. */
export const sermonFieldsSchema = z.object({
  title: line(200),
  speaker: line(120),
  series: line(120),
  scripture: line(120),
  description: z.string().max(5000).trim(),
  preachedOn: z.union([z.iso.date(), z.literal('').transform(() => null), z.null()]),
  language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
})

export const newSermonSchema = sermonFieldsSchema.partial().extend({
  fileName: z.string().min(1).max(255),
  sizeBytes: z.number().int().nonnegative(),
  contentType: z.string().max(100).default('application/octet-stream'),
  publish: z.boolean().default(false),
})

export const sermonChangesSchema = sermonFieldsSchema.partial()

export type NewSermon = z.infer<typeof newSermonSchema>
export type SermonChanges = z.infer<typeof sermonChangesSchema>
