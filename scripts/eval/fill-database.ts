import type { Database } from '#lib/db/connect-database.ts'
import { churches } from '#lib/db/schema.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import type { LibrarySermon } from './load-library.ts'

/** Adds the library to an empty database, published and indexed. Returns the key of each sermon by its id. */
export async function fillDatabase(
  { db, embedder }: { db: Database; embedder: Embedder | null },
  library: readonly LibrarySermon[],
): Promise<{ keys: Map<string, string>; passages: number }> {
  const [church] = await db.insert(churches).values({ slug: 'eval', name: 'Evaluation' }).returning()
  if (!church) throw new Error('The database returned no row.')
  const keys = new Map<string, string>()
  let passages = 0
  for (const [place, { key, title, scripture, text }] of library.entries()) {
    const { sermonId } = await createTextSermon(
      { db },
      {
        churchId: church.id,
        createdBy: null,
        title,
        scripture,
        text,
        speaker: 'C. H. Spurgeon',
        publish: true,
      },
    )
    passages += (await indexPassages({ db, embedder }, { sermonId })).passages
    keys.set(sermonId, key)
    process.stderr.write(`\rIndexed ${place + 1} of ${library.length} sermons`)
  }
  process.stderr.write('\n')
  return { keys, passages }
}
