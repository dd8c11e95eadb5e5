import type { Database } from '#lib/db/connect-database.ts'
import { churches, sermons, speakers, transcripts } from '#lib/db/schema.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import type { PassageSizes } from '#lib/search/split-passages.ts'
import type { CorpusSermon } from './load-corpus.ts'

/** Puts the corpus into an empty database, published and indexed. Slugs are the corpus keys. */
export async function fillDatabase(
  { db, embedder }: { db: Database; embedder: Embedder },
  { corpus, sizes }: { corpus: readonly CorpusSermon[]; sizes: PassageSizes },
): Promise<{ passages: number; indexMs: number }> {
  const church = only(await db.insert(churches).values({ slug: 'eval', name: 'Evaluation' }).returning())
  const speakerIds = new Map<string, string>()
  let passages = 0
  let indexMs = 0
  for (const [place, sermon] of corpus.entries()) {
    const speakerId =
      speakerIds.get(sermon.speaker) ??
      only(
        await db
          .insert(speakers)
          .values({ churchId: church.id, slug: `speaker-${speakerIds.size + 1}`, name: sermon.speaker })
          .returning(),
      ).id
    speakerIds.set(sermon.speaker, speakerId)
    const row = only(
      await db
        .insert(sermons)
        .values({
          churchId: church.id,
          slug: sermon.key,
          title: sermon.title,
          scripture: sermon.scripture,
          speakerId,
          publication: 'published',
        })
        .returning(),
    )
    await db.insert(transcripts).values({
      churchId: church.id,
      sermonId: row.id,
      revision: 1,
      source: 'upload',
      language: 'en',
      isDraft: false,
      words: sermon.words,
      sentences: sermon.sentences,
    })
    const started = performance.now()
    passages += (await indexPassages({ db, embedder }, { sermonId: row.id, sizes })).passages
    indexMs += performance.now() - started
    process.stderr.write(`\rIndexed ${place + 1} of ${corpus.length} sermons`)
  }
  process.stderr.write('\n')
  return { passages, indexMs: Math.round(indexMs) }
}

function only<Row>(rows: Row[]): Row {
  const [row] = rows
  if (!row) throw new Error('The database gave no row back.')
  return row
}
