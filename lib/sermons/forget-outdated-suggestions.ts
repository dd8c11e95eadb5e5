import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { sermons, transcriptSuggestions } from '#lib/db/schema.ts'
import type { WordTable } from '#lib/transcripts/correct-words.ts'

type Words = Pick<WordTable, 'ids' | 'words'>

/** The words with these ids, both included, as one text; null if they are no longer there or in the wrong order. */
export function textBetween(
  { ids, words }: Words,
  range: { fromWord: number; toWord: number },
): string | null {
  const first = ids.indexOf(range.fromWord)
  const last = ids.indexOf(range.toWord)
  if (first < 0 || last < first) return null
  return words
    .slice(first, last + 1)
    .map(([text]) => text)
    .join(' ')
}

/** A condition on `transcript_suggestions`: for words of the current recording, not of what a part leaves out. */
export const suggestedForCurrent: SQL = sql`${transcriptSuggestions.mediaRevision} = (
  select ${sermons.mediaRevision} from ${sermons} where ${sermons.id} = ${transcriptSuggestions.sermonId})`

/** Removes the suggestions for words of a sermon that have changed. `table` has the current words. */
export async function forgetOutdatedSuggestions(
  tx: Transaction,
  sermonId: string,
  table: Words,
): Promise<void> {
  const open = await tx
    .select()
    .from(transcriptSuggestions)
    .where(and(eq(transcriptSuggestions.sermonId, sermonId), suggestedForCurrent))
  const outdated = open.filter((suggestion) => textBetween(table, suggestion) !== suggestion.before)
  if (outdated.length === 0) return
  await tx.delete(transcriptSuggestions).where(
    inArray(
      transcriptSuggestions.id,
      outdated.map(({ id }) => id),
    ),
  )
}
