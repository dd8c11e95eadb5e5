import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import {
  churches,
  passages,
  type StoredWord,
  sermons,
  speakers,
  transcripts,
  type WordRange,
} from '#lib/db/schema.ts'
import type { Embedder } from '#lib/search/embedder.ts'

/** A model for tests: equal texts have equal vectors. */
export const model: Embedder = {
  id: 'model-1',
  dimensions: 384,
  embed: async (texts) =>
    texts.map((text) => {
      const digest = createHash('sha256').update(text).digest()
      const vector = Array.from({ length: 384 }, (_, place) => (digest[place % digest.length] ?? 0) - 127)
      const length = Math.hypot(...vector)
      return vector.map((value) => value / length)
    }),
}

/** The model with a record of the texts that it embeds. */
export function aCountingEmbedder(id = model.id): Embedder & { asked: string[] } {
  const asked: string[] = []
  return {
    ...model,
    id,
    asked,
    embed: (texts, options) => {
      asked.push(...texts)
      return model.embed(texts, options)
    },
  }
}

export function spoken(text: string): { words: StoredWord[]; sentences: WordRange[] } {
  const words: StoredWord[] = []
  const sentences: WordRange[] = []
  for (const sentence of text.split(/(?<=\.)\s+/)) {
    const first = words.length
    for (const word of sentence.split(' ')) words.push([word, words.length * 400, words.length * 400 + 350])
    sentences.push([first, words.length - 1])
  }
  return { words, sentences }
}

/** Makes sentences without other content, to lengthen a transcript. */
export const filler = (subject: string, sentences: number) =>
  Array.from(
    { length: sentences },
    (_, at) => `The ${subject} number ${at} stood in the field for a very long time before us.`,
  ).join(' ')

/** Returns functions that create churches and sermons with transcripts to index and search. */
export function searchFixtures(db: Database) {
  async function aChurch() {
    const [church] = await db.insert(churches).values({ slug: randomUUID(), name: 'A church' }).returning()
    if (!church) throw new Error('no church')
    return church
  }

  async function aSermon(
    churchId: string,
    text: string,
    fields: Partial<typeof sermons.$inferInsert> & { speaker?: string } = {},
  ) {
    const { speaker, ...columns } = fields
    const [preacher] = speaker
      ? await db.insert(speakers).values({ churchId, slug: randomUUID(), name: speaker }).returning()
      : []
    const [sermon] = await db
      .insert(sermons)
      .values({
        churchId,
        slug: randomUUID(),
        title: 'Untitled',
        publication: 'published',
        transcriptStatus: 'ready',
        speakerId: preacher?.id ?? null,
        ...columns,
      })
      .returning()
    if (!sermon) throw new Error('no sermon')
    await aTranscript(sermon, text, 1)
    return sermon
  }

  async function aTranscript(sermon: { id: string; churchId: string }, text: string, revision: number) {
    await db.insert(transcripts).values({
      churchId: sermon.churchId,
      sermonId: sermon.id,
      revision,
      mediaRevision: 0,
      source: 'upload',
      language: 'en',
      isDraft: false,
      ...spoken(text),
    })
  }

  const storedPassages = (sermonId: string) =>
    db.select().from(passages).where(eq(passages.sermonId, sermonId)).orderBy(passages.position)

  return { aChurch, aSermon, aTranscript, storedPassages }
}
