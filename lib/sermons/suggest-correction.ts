import { and, count, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons, transcriptSuggestions } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { readTranscriptRow } from '#lib/sermons/read-transcript.ts'
import { textBlock } from '#lib/text/text-input.ts'
import { toWordTable } from '#lib/transcripts/word-table.ts'

/** Longer than the longest sentence. */
const MOST_WORDS = 100
const LONGEST_TEXT = 2_000
const MOST_OPEN = 100

const text = (name: string) => textBlock({ name, max: LONGEST_TEXT })

/** What a listener proposes. The words are named by their positions, both included, and as they were shown. */
export const suggestionSchema = z.object({
  firstWord: z.number().int().nonnegative(),
  lastWord: z.number().int().nonnegative(),
  before: text('shown text'),
  after: text('corrected text'),
})

/**
 * Stores what a listener proposes in the place of some words, for the church to decide on. The same proposal is kept
 * once. Throws AppError `conflict` if the words have changed, `unprocessable` for one that changes nothing or
 * everything, and `rate_limited` while too many wait for a decision.
 */
export async function suggestCorrection(
  { db }: { db: Database },
  sermon: { id: string; churchId: string; mediaRevision: number },
  suggestion: z.infer<typeof suggestionSchema>,
): Promise<void> {
  const { firstWord, lastWord } = suggestion
  const after = suggestion.after.split(/\s+/u).filter(Boolean).join(' ')
  if (after === '' || after === suggestion.before || lastWord - firstWord >= MOST_WORDS) {
    throw new AppError('unprocessable', 'Change the words of one sentence, then send it.', {
      reason: 'suggestion.unusable',
    })
  }
  await db.transaction(async (tx) => {
    // One at a time for each sermon, so that the number that wait is exact.
    await tx.select({ id: sermons.id }).from(sermons).where(eq(sermons.id, sermon.id)).for('update')
    const row = await readTranscriptRow({ db: tx }, { sermonId: sermon.id })
    const table = row && toWordTable(row)
    const shown = table?.words.slice(firstWord, lastWord + 1).map(([word]) => word)
    const fromWord = table?.ids[firstWord]
    const toWord = table?.ids[lastWord]
    if (shown?.join(' ') !== suggestion.before || fromWord === undefined || toWord === undefined) {
      throw new AppError(
        'conflict',
        'This sentence was corrected in the meantime. Reload the page to see it.',
        {
          reason: 'suggestion.outdated',
        },
      )
    }
    const ofSermon = eq(transcriptSuggestions.sermonId, sermon.id)
    const [same] = await tx
      .select({ id: transcriptSuggestions.id })
      .from(transcriptSuggestions)
      .where(
        and(
          ofSermon,
          eq(transcriptSuggestions.fromWord, fromWord),
          eq(transcriptSuggestions.toWord, toWord),
          eq(transcriptSuggestions.after, after),
        ),
      )
    if (same) return
    const [open] = await tx.select({ waiting: count() }).from(transcriptSuggestions).where(ofSermon)
    if ((open?.waiting ?? 0) >= MOST_OPEN) {
      throw new AppError(
        'rate_limited',
        'Many suggestions for this sermon already wait. Try again another day.',
        {
          reason: 'suggestion.too_many',
        },
      )
    }
    const { id: sermonId, churchId, mediaRevision } = sermon
    await tx
      .insert(transcriptSuggestions)
      .values({ churchId, sermonId, mediaRevision, fromWord, toWord, before: suggestion.before, after })
  })
}
