import type { Database } from '#lib/db/connect-database.ts'
import { freshIndex } from './live-index.ts'
import { countPassages } from './passage-index.ts'
import { readLibrary } from './read-library.ts'
import { suggestReference } from './suggest-reference.ts'

/**
 * The text with the Bible reference that is probably meant, or null, as `suggestReference` reads it. The names of speakers and the words
 * of transcripts are not misspelled.
 */
export async function findMeantReference({ db }: { db: Database }, text: string): Promise<string | null> {
  // Most texts need no look at the library.
  if (suggestReference(text, () => false) === null) return null
  const index = await freshIndex(db, { sinceMs: performance.now() })
  const { speakers } = readLibrary(index)
  return suggestReference(text, (word) => {
    const term = index.spellings.get(word)
    return (
      (term !== undefined && countPassages(index, term) > 0) ||
      speakers.some(({ parts }) => parts.includes(word))
    )
  })
}
