import { z } from 'zod'
import type { CollectionKind } from '#lib/sermons/collection-kind.ts'
import { MAX_COLLECTION_DESCRIPTION, sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import { textBlock, textLine } from '#lib/text/text-input.ts'

/** What a person changes about a speaker, series or topic; an absent part stays as it is. */
export const collectionChangesSchema = (kind: CollectionKind) =>
  z
    .object({
      name: textLine({ name: 'name', max: sermonTextLimits[kind], required: 'Give a name.' }),
      description: textBlock({ name: 'description', max: MAX_COLLECTION_DESCRIPTION }),
    })
    .partial()
    .refine(({ name, description }) => name !== undefined || description !== undefined, {
      message: 'Give a name or a description.',
    })

export type CollectionChanges = z.infer<ReturnType<typeof collectionChangesSchema>>
