import { and, asc, count, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, sermons, transcriptSuggestions } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { correctTranscript } from '#lib/sermons/correct-transcript.ts'
import { suggestedForCurrent, textBetween } from '#lib/sermons/forget-outdated-suggestions.ts'
import { readTranscriptRow } from '#lib/sermons/read-transcript.ts'
import { nameOfWord, toWordTable } from '#lib/transcripts/word-table.ts'

export const apiSuggestionSchema = z.object({
  id: z.uuid(),
  from: z.string().describe('The id of the first word.'),
  to: z.string(),
  before: z.string(),
  after: z.string(),
  createdAt: z.string(),
})
export type ApiSuggestion = z.infer<typeof apiSuggestionSchema>

/** What listeners propose for a sermon, oldest first. Only its church may see it. */
export async function listSuggestions(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<ApiSuggestion[]> {
  const rows = await db
    .select()
    .from(transcriptSuggestions)
    .where(and(eq(transcriptSuggestions.sermonId, sermonId), suggestedForCurrent))
    .orderBy(asc(transcriptSuggestions.createdAt), asc(transcriptSuggestions.id))
  return rows.map(({ id, fromWord, toWord, before, after, createdAt }) => ({
    id,
    from: nameOfWord(fromWord),
    to: nameOfWord(toWord),
    before,
    after,
    createdAt: createdAt.toISOString(),
  }))
}

/** The sermons of a church with suggestions that wait for a decision, and how many each has. */
export async function listSuggestedSermons(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<{ id: string; title: string; waiting: number }[]> {
  return db
    .select({ id: sermons.id, title: sermons.title, waiting: count() })
    .from(transcriptSuggestions)
    .innerJoin(sermons, eq(sermons.id, transcriptSuggestions.sermonId))
    .where(and(eq(transcriptSuggestions.churchId, churchId), isNull(sermons.trashedAt), suggestedForCurrent))
    .groupBy(sermons.id, sermons.title)
    .orderBy(asc(sermons.title), asc(sermons.id))
}

/**
 * Accepts a suggestion, which corrects the transcript like any edit, or declines it. Throws `not_found` where the
 * church has no such suggestion, and `conflict` where its words have changed.
 */
export async function decideSuggestion(
  services: { db: Database; now: () => Date },
  input: {
    churchId: string
    sermonId: string
    actorId: string
    id: string
    decision: 'accepted' | 'declined'
  },
): Promise<void> {
  const { db } = services
  const { churchId, sermonId, actorId, id, decision } = input
  const own = and(
    eq(transcriptSuggestions.id, id),
    eq(transcriptSuggestions.sermonId, sermonId),
    eq(transcriptSuggestions.churchId, churchId),
  )
  const [suggestion] = await db.select().from(transcriptSuggestions).where(own)
  if (!suggestion) throw new AppError('not_found', 'This suggestion is closed. Load the page again.')
  const { fromWord, toWord, before, after } = suggestion
  if (decision === 'accepted') {
    const row = await readTranscriptRow({ db }, { sermonId })
    if (!row || textBetween(toWordTable(row), suggestion) !== before) {
      throw new AppError('conflict', 'These words were corrected in the meantime. Load the page again.', {
        reason: 'suggestion.outdated',
      })
    }
    const edits = [{ from: fromWord, to: toWord, text: after }]
    await correctTranscript(services, { sermonId, churchId, actorId }, { revision: row.revision, edits })
  }
  await db.transaction(async (tx) => {
    await tx.delete(transcriptSuggestions).where(own)
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: `suggestion.${decision}`,
      subject: sermonId,
      details: { before, after },
    })
  })
}
