import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import {
  churches,
  events,
  passages,
  type StoredWord,
  series,
  sermons,
  speakers,
  transcripts,
  type WordRange,
} from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import type { Embedder } from './embedder.ts'
import {
  embedPassages,
  indexPassages,
  listOutdatedSermons,
  planPassages,
  storePassages,
} from './index-passages.ts'
import { queueReindexing } from './queue-reindexing.ts'
import { searchPassages } from './search-passages.ts'
import type { SearchScope } from './search-scope.ts'

let database: TestDatabase
let connection: DatabaseConnection
beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** A model as far as these tests go: the same text has the same vector. */
const model: Embedder = {
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

/** The model, with a count of the texts it has to embed. */
function aCountingEmbedder(id = model.id): Embedder & { asked: string[] } {
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

function spoken(text: string): { words: StoredWord[]; sentences: WordRange[] } {
  const words: StoredWord[] = []
  const sentences: WordRange[] = []
  for (const sentence of text.split(/(?<=\.)\s+/)) {
    const first = words.length
    for (const word of sentence.split(' ')) words.push([word, words.length * 400, words.length * 400 + 350])
    sentences.push([first, words.length - 1])
  }
  return { words, sentences }
}

async function aChurch() {
  const [church] = await connection.db
    .insert(churches)
    .values({ slug: randomUUID(), name: 'A church' })
    .returning()
  if (!church) throw new Error('no church')
  return church
}

async function aSermon(
  churchId: string,
  text: string,
  fields: Partial<typeof sermons.$inferInsert> & { speaker?: string } = {},
) {
  const { db } = connection
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
      speakerId: preacher?.id ?? null,
      ...columns,
    })
    .returning()
  if (!sermon) throw new Error('no sermon')
  await aTranscript(sermon, text, 1)
  return sermon
}

async function aTranscript(sermon: { id: string; churchId: string }, text: string, revision: number) {
  await connection.db.insert(transcripts).values({
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
  connection.db.select().from(passages).where(eq(passages.sermonId, sermonId)).orderBy(passages.position)

const filler = (subject: string, sentences: number) =>
  Array.from(
    { length: sentences },
    (_, at) => `The ${subject} number ${at} stood in the field for a very long time before us.`,
  ).join(' ')

describe('indexPassages', () => {
  it('stores passages that cover the transcript, and does nothing twice', async () => {
    const { db } = connection
    const sermon = await aSermon((await aChurch()).id, filler('cedar', 40))
    const first = aCountingEmbedder()
    const shares: number[] = []
    const result = await indexPassages(
      { db, embedder: first },
      { sermonId: sermon.id, onProgress: (s) => void shares.push(s) },
    )
    const rows = await storedPassages(sermon.id)
    expect(rows).toHaveLength(result.passages)
    expect(rows[0]?.firstWord).toBe(0)
    expect(rows.at(-1)?.lastWord).toBe(40 * 15 - 1)
    expect(rows[0]?.embedding).toHaveLength(384)
    expect(shares.at(-1)).toBe(1)

    const again = aCountingEmbedder()
    await indexPassages({ db, embedder: again }, { sermonId: sermon.id })
    expect(again.asked).toEqual([])
    const after = await storedPassages(sermon.id)
    expect(after.map(({ id: _, ...row }) => row)).toEqual(rows.map(({ id: _, ...row }) => row))
  })

  it('keeps one set of passages when two runs of one sermon meet', async () => {
    const { db } = connection
    const sermon = await aSermon((await aChurch()).id, filler('oak', 30))
    const results = await Promise.all(
      [1, 2, 3].map(() => indexPassages({ db, embedder: model }, { sermonId: sermon.id })),
    )
    expect(await storedPassages(sermon.id)).toHaveLength(results[0]?.passages ?? -1)
  })

  it('follows a new transcript and asks only for what is new', async () => {
    const { db } = connection
    const sermon = await aSermon((await aChurch()).id, filler('pine', 20))
    await indexPassages({ db, embedder: model }, { sermonId: sermon.id })
    await aTranscript(sermon, `${filler('pine', 20)} ${filler('willow', 4)}`, 2)
    const embedder = aCountingEmbedder()
    await indexPassages({ db, embedder }, { sermonId: sermon.id })
    const rows = await storedPassages(sermon.id)
    expect(new Set(rows.map((row) => row.transcriptId)).size).toBe(1)
    expect(rows.at(-1)?.text).toContain('willow')
    expect(embedder.asked.length).toBeLessThan(rows.length)
  })

  it('refuses to store passages of a transcript that was replaced in the meantime', async () => {
    const { db } = connection
    const sermon = await aSermon((await aChurch()).id, filler('elm', 8))
    const plan = await planPassages({ db }, { sermonId: sermon.id })
    const vectors = await embedPassages({ db, embedder: model }, { plan })
    await aTranscript(sermon, filler('ash', 8), 2)
    await expect(storePassages({ db, embedder: model }, { plan, vectors })).rejects.toMatchObject({
      reason: 'index.transcript_replaced',
    })
    expect(await storedPassages(sermon.id)).toEqual([])
  })

  it('says so when there is no transcript', async () => {
    await expect(
      indexPassages({ db: connection.db, embedder: model }, { sermonId: randomUUID() }),
    ).rejects.toMatchObject({ code: 'conflict', reason: 'index.no_transcript' })
  })

  it('knows which sermons another embedder indexed', async () => {
    const { db } = connection
    const sermon = await aSermon((await aChurch()).id, filler('birch', 8))
    await indexPassages({ db, embedder: aCountingEmbedder('older') }, { sermonId: sermon.id })
    const list = () => listOutdatedSermons({ db, embedder: model }, { limit: 100 })
    expect((await list()).map((row) => row.sermonId)).toContain(sermon.id)
    await indexPassages({ db, embedder: model }, { sermonId: sermon.id })
    expect((await list()).map((row) => row.sermonId)).not.toContain(sermon.id)
  })
})

describe('queueReindexing', () => {
  it('asks once for each sermon of another embedder that is ready, and for no other', async () => {
    const { db } = connection
    const { id: churchId } = await aChurch()
    const older = await aSermon(churchId, filler('cedar', 8), { indexStatus: 'ready' })
    const busy = await aSermon(churchId, filler('alder', 8), { indexStatus: 'running' })
    const current = await aSermon(churchId, filler('maple', 8), { indexStatus: 'ready' })
    for (const { id } of [older, busy]) {
      await indexPassages({ db, embedder: aCountingEmbedder('older') }, { sermonId: id })
    }
    await indexPassages({ db, embedder: model }, { sermonId: current.id })

    const since = new Date()
    const queue = () => queueReindexing({ db, embedder: model }, { since })
    await queue()
    expect(await queue()).toBe(0)
    const asked = await db.select().from(events).where(eq(events.churchId, churchId))
    expect(asked.map(({ type, sermonId }) => ({ type, sermonId }))).toEqual([
      { type: 'sermon.reindex', sermonId: older.id },
    ])

    await db.update(sermons).set({ indexStatus: 'ready' }).where(eq(sermons.id, busy.id))
    expect(await queue()).toBe(1)
  })
})

describe('searchPassages', () => {
  const search = (query: string, scope: Partial<SearchScope> = {}, embedder: Embedder | null = null) =>
    searchPassages({ db: connection.db, embedder }, { query, limit: 10, scope: { memberOf: [], ...scope } })

  async function anIndexedSermon(text: string, fields: Parameters<typeof aSermon>[2] = {}) {
    const church = await aChurch()
    const sermon = await aSermon(church.id, text, fields)
    await indexPassages({ db: connection.db, embedder: null }, { sermonId: sermon.id })
    return sermon
  }

  it('still finds words while the embedder cannot be reached', async () => {
    const sermon = await anIndexedSermon(`${filler('meadow', 12)} A quagga grazed beside the temple.`)
    const away: Embedder = {
      ...model,
      embed: () => Promise.reject(new AppError('unavailable', 'The embedding service cannot be reached.')),
    }
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { hits } = await search('quagga', {}, away)
    expect(hits[0]?.sermonId).toBe(sermon.id)
    expect(warn).toHaveBeenCalledOnce()
    warn.mockRestore()
  })

  it('finds the passage that says it, with its words and times', async () => {
    const text = `${filler('meadow', 12)} A zeppelin crossed the harbour and everyone looked up. ${filler('garden', 12)}`
    const sermon = await anIndexedSermon(text)
    const { hits } = await search('the zeppelin over the harbour')
    expect(hits[0]).toMatchObject({ sermonId: sermon.id, slug: sermon.slug, title: 'Untitled' })
    expect(hits[0]?.text).toContain('zeppelin')
    const { words } = spoken(text)
    const shown = words.slice(hits[0]?.firstWord, (hits[0]?.lastWord ?? 0) + 1)
    expect(shown.map(([word]) => word).join(' ')).toBe(hits[0]?.text)
    expect(hits[0]?.startMs).toBe(shown[0]?.[1])
    expect(hits[0]?.score).toBeGreaterThan(0)
    expect(hits[0]?.score).toBeLessThanOrEqual(1)
  })

  it('finds other forms, related words and misspellings', async () => {
    const sermon = await anIndexedSermon(
      `${filler('hill', 6)} The lamplighter was covetous and hoarded his lanterns jealously in the cellar. ${filler('lake', 6)}`,
    )
    for (const query of ['hoarding lanterns', 'a greedy lamplighter', 'lamplightr hoardd lantern']) {
      expect((await search(query)).hits[0]?.sermonId).toBe(sermon.id)
    }
  })

  it('shows drafts to members of the church only', async () => {
    const sermon = await anIndexedSermon(filler('xylophone', 6), { publication: 'draft' })
    expect((await search('xylophone')).hits.map((hit) => hit.sermonId)).not.toContain(sermon.id)
    expect(
      (await search('xylophone', { memberOf: [randomUUID()] })).hits.map((hit) => hit.sermonId),
    ).not.toContain(sermon.id)
    expect((await search('xylophone', { memberOf: [sermon.churchId] })).hits[0]?.sermonId).toBe(sermon.id)
  })

  it('stays inside one sermon when asked to', async () => {
    const one = await anIndexedSermon(filler('kangaroo', 6))
    await anIndexedSermon(filler('kangaroo', 6))
    const { hits } = await search('kangaroo', { sermonId: one.id })
    expect(new Set(hits.map((hit) => hit.sermonId))).toEqual(new Set([one.id]))
  })

  it('finds a sermon by its title, its speaker and its scripture', async () => {
    const sermon = await anIndexedSermon(filler('thimble', 6), {
      title: 'The Quokka Parable',
      speaker: 'Bartholomew Quill',
      scripture: '1 Kings 19:11-12',
    })
    for (const query of ['quokka parable', 'Bartholomew Quill', '1 Kings 19', 'What is in 1 kings 19:12?']) {
      expect((await search(query)).hits[0]?.sermonId).toBe(sermon.id)
    }
  })

  it('finds with a model what another model has indexed, by its words', async () => {
    const sermon = await anIndexedSermon(filler('marmalade', 6))
    const { hits } = await search('marmalade', {}, aCountingEmbedder('another'))
    expect(hits[0]?.sermonId).toBe(sermon.id)
  })

  it('finds a sermon that has no transcript yet by its details', async () => {
    const { db } = connection
    const { id: churchId } = await aChurch()
    const [sermon] = await db
      .insert(sermons)
      .values({
        churchId,
        slug: randomUUID(),
        title: 'The Ptarmigan Psalm',
        publication: 'published',
        scripture: 'Psalm 23',
      })
      .returning()
    expect((await search('ptarmigan')).hits[0]).toMatchObject({ sermonId: sermon?.id, transcriptId: null })
    expect((await search('Psalm 23:1')).hits[0]?.sermonId).toBe(sermon?.id)
  })

  describe('with a Bible reference', () => {
    const anIndexedSermonOn = async (text: string, fields: Parameters<typeof aSermon>[2]) => {
      const sermon = await anIndexedSermon(text, fields)
      await storeReferences({ db: connection.db }, { sermonId: sermon.id })
      return sermon
    }
    const found = async (query: string) => (await search(query)).hits.map(({ sermonId }) => sermonId)

    it('compares verses as ranges: "Romans 9" finds a sermon on Romans 8-10', async () => {
      const sermon = await anIndexedSermonOn(filler('sandal', 6), { scripture: 'Romans 8-10' })
      for (const query of ['Romans 9', 'Rom 10:9', 'Which sermons are on Romans 9:1-5?']) {
        expect((await found(query))[0], query).toBe(sermon.id)
      }
      expect(await found('Romans 11')).not.toContain(sermon.id)
    })

    it('never takes another book of the same name: "John 3" is not 1 John 3', async () => {
      const text = filler('harp', 6)
      const gospel = await anIndexedSermonOn(text, { title: 'Born again', scripture: 'John 3:1-15' })
      const letter = await anIndexedSermonOn(`Read 1 John 3 with me. ${text}`, {
        title: 'Children of God, from 1 John 3',
        scripture: '1 John 3',
      })
      for (const query of ['John 3', 'What does John 3 say?', 'John 3:5']) {
        expect(await found(query), query).toContain(gospel.id)
        expect(await found(query), query).not.toContain(letter.id)
      }
      expect((await found('1 John 3'))[0]).toBe(letter.id)
      expect(await found('1 John 3')).not.toContain(gospel.id)
    })

    it('finds the moment that reads a passage, in a sermon on another one', async () => {
      const sermon = await anIndexedSermonOn(
        `${filler('basket', 12)} Turn with me to the third chapter of Habakkuk verse seventeen. ${filler('ribbon', 12)}`,
        { title: 'Gladness', scripture: 'Nahum 1' },
      )
      const { hits } = await search('Habakkuk 3:17')
      expect(hits[0]).toMatchObject({ sermonId: sermon.id })
      expect(hits[0]?.text).toContain('chapter of Habakkuk')
    })

    it('prefers a sermon that is on a passage to one that reads it', async () => {
      const text = 'Turn with me to Obadiah verse 3.'
      const reads = await anIndexedSermonOn(`${text} ${filler('brook', 8)}`, { title: 'Pride' })
      const isOn = await anIndexedSermonOn(filler('ledge', 8), { scripture: 'Obadiah 1-4' })
      expect(await found('Obadiah 3')).toEqual([isOn.id, reads.id])
    })

    it('searches for the subject beside the reference by its own words', async () => {
      const sermon = await anIndexedSermonOn(`${filler('nest', 4)} A pelican feeds her young.`, {
        scripture: 'Psalm 102:6',
      })
      expect((await search('the pelican in Psalm 102')).hits[0]?.text).toContain('pelican')
      expect((await search('the pelican in Psalm 102')).hits[0]?.sermonId).toBe(sermon.id)
    })
  })

  it('keeps to one speaker, one series, one part of the Bible or one year when told to', async () => {
    const church = await aChurch()
    const { db } = connection
    const [preached] = await db
      .insert(series)
      .values({ churchId: church.id, slug: randomUUID(), title: 'Journeys' })
      .returning()
    const one = await aSermon(church.id, filler('caravan', 6), {
      speaker: 'Ann Ash',
      seriesId: preached?.id ?? null,
      scripture: 'Exodus 13',
      preachedOn: '2024-05-05',
    })
    const other = await aSermon(church.id, filler('caravan', 6), {
      speaker: 'Ben Oak',
      scripture: 'Ruth 1',
      preachedOn: '2025-05-04',
    })
    for (const { id } of [one, other]) {
      await indexPassages({ db, embedder: null }, { sermonId: id })
      await storeReferences({ db }, { sermonId: id })
    }
    const [speaker] = await db
      .select()
      .from(speakers)
      .where(eq(speakers.id, one.speakerId ?? ''))
    const scopes = [
      { speakerSlug: speaker?.slug },
      { seriesSlug: preached?.slug },
      { verses: findReferences('Exodus 10-20')[0] },
      { year: 2024 },
      { year: 2024, speakerSlug: speaker?.slug },
    ]
    for (const scope of scopes) {
      expect((await search('caravan', scope)).hits.map(({ sermonId }) => sermonId)).toEqual(
        expect.arrayContaining([one.id]),
      )
      expect((await search('caravan', scope)).hits.map(({ sermonId }) => sermonId)).not.toContain(other.id)
    }
    expect((await search('caravan', { year: 2023 })).hits).toEqual([])
  })

  it('sees every change that was committed before the search', async () => {
    const { db } = connection
    const sermon = await anIndexedSermon(filler('walrus', 6), { publication: 'draft' })
    expect((await search('walrus')).hits).toEqual([])
    await db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermon.id))
    expect((await search('walrus')).hits[0]?.sermonId).toBe(sermon.id)
    await aTranscript(sermon, filler('narwhal', 6), 2)
    await indexPassages({ db, embedder: null }, { sermonId: sermon.id })
    expect((await search('narwhal')).hits[0]?.sermonId).toBe(sermon.id)
    expect((await search('walrus')).hits.map((hit) => hit.text).join(' ')).not.toContain('walrus')
    await db.delete(sermons).where(eq(sermons.id, sermon.id))
    expect((await search('narwhal')).hits.map((hit) => hit.sermonId)).not.toContain(sermon.id)
  })

  it.each([
    '',
    '   ',
    'the of and',
    '?!',
    "'; drop table passages; --",
    '& | ! ( ) :* <->',
    '\0',
    '恵み',
    '😀',
    'grace '.repeat(2000),
    'x'.repeat(5000),
  ])('takes any text as a query: %#', async (query) => {
    const { hits } = await search(query)
    expect(Array.isArray(hits)).toBe(true)
  })
})
