import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { recordStatements } from '#harness/record-statements.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { series, sermons, speakers } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { aCountingEmbedder, filler, model, searchFixtures, spoken } from '#test/search-fixtures.ts'
import { correctQueryText } from './correct-query-text.ts'
import type { Embedder } from './embedder.ts'
import { indexPassages } from './index-passages.ts'
import { freshIndex } from './live-index.ts'
import { searchPassages } from './search-passages.ts'
import type { SearchScope } from './search-scope.ts'

let database: TestDatabase
let connection: DatabaseConnection
let fixtures: ReturnType<typeof searchFixtures>
beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  fixtures = searchFixtures(connection.db)
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

describe('searchPassages', () => {
  const search = (query: string, scope: Partial<SearchScope> = {}, embedder: Embedder | null = null) =>
    searchPassages({ db: connection.db, embedder }, { query, limit: 10, scope: { memberOf: [], ...scope } })

  async function createIndexedSermon(text: string, fields: Parameters<(typeof fixtures)['aSermon']>[2] = {}) {
    const church = await fixtures.aChurch()
    const sermon = await fixtures.aSermon(church.id, text, fields)
    await indexPassages({ db: connection.db, embedder: null }, { sermonId: sermon.id })
    return sermon
  }

  // First, while every sermon has vectors of the model.
  it('still finds words while the embedder cannot be reached', async () => {
    const sermon = await createIndexedSermon(`${filler('meadow', 12)} A quagga grazed beside the temple.`)
    await indexPassages({ db: connection.db, embedder: model }, { sermonId: sermon.id })
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

  it('reads changes once for all searches that wait together, and misses none', async () => {
    const { db, sent } = recordStatements(connection.db)
    const searchAll = () =>
      Promise.all(
        Array.from({ length: 20 }, () =>
          searchPassages({ db, embedder: null }, { query: 'pangolin', limit: 1, scope: { memberOf: [] } }),
        ),
      )
    await searchAll()
    const sermon = await createIndexedSermon('A pangolin slept beside the gate of the city.')
    sent.length = 0
    const found = await searchAll()
    expect(found.map(({ hits }) => hits[0]?.sermonId)).toEqual(Array.from({ length: 20 }, () => sermon.id))
    const texts = sent.map((statement) => new PgDialect().sqlToQuery(statement).sql)
    expect(texts.filter((text) => text.includes('search_changes'))).toHaveLength(2)
  })

  it('reads no changes for a search that arrived before they were read last', async () => {
    const { db, sent } = recordStatements(connection.db)
    const arrivedMs = performance.now()
    await freshIndex(db, { sinceMs: arrivedMs })
    expect(sent.length).toBeGreaterThan(0)
    sent.length = 0
    await freshIndex(db, { sinceMs: arrivedMs })
    expect(sent).toEqual([])
    await freshIndex(db, { sinceMs: performance.now() })
    expect(sent).toHaveLength(1)
  })

  it('sees a change that was committed while searches before it waited', async () => {
    const waiting = Array.from({ length: 20 }, () => search('wombat'))
    const sermon = await createIndexedSermon('A wombat dug under the wall of the city.')
    const { hits } = await search('wombat')
    expect(hits[0]?.sermonId).toBe(sermon.id)
    await Promise.all(waiting)
  })

  it('finds the passage that says it, with its words and times', async () => {
    const text = `${filler('meadow', 12)} A zeppelin crossed the harbour and everyone looked up. ${filler('garden', 12)}`
    const sermon = await createIndexedSermon(text)
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
    const sermon = await createIndexedSermon(
      `${filler('hill', 6)} The lamplighter was covetous and hoarded his lanterns jealously in the cellar. ${filler('lake', 6)}`,
    )
    for (const query of ['hoarding lanterns', 'a greedy lamplighter', 'lamplightr hoardd lantern']) {
      expect((await search(query)).hits[0]?.sermonId).toBe(sermon.id)
    }
  })

  it('says how it read misspelled words, in the form that is said most, and can search as typed', async () => {
    await createIndexedSermon(
      `${filler('hill', 6)} The resurrections of old. The resurrection is sure; the resurrection comes. ${filler('lake', 6)}`,
    )
    const { db } = connection
    const typed = 'What of the Ressurection, resurrection?'
    const { query } = await search(typed)
    expect(correctQueryText(query)).toBe('What of the resurrection, resurrection?')
    const right = await search('the resurrection')
    expect(correctQueryText(right.query)).toBeNull()
    const input = { query: 'ressurection', limit: 10, scope: { memberOf: [] } }
    expect((await searchPassages({ db, embedder: null }, input)).hits.length).toBeGreaterThan(0)
    const exact = await searchPassages({ db, embedder: null }, { ...input, keepSpelling: true })
    expect(exact.hits).toEqual([])
  })

  it('shows drafts to members of the church only', async () => {
    const sermon = await createIndexedSermon(filler('xylophone', 6), { publication: 'draft' })
    expect((await search('xylophone')).hits.map((hit) => hit.sermonId)).not.toContain(sermon.id)
    expect(
      (await search('xylophone', { memberOf: [randomUUID()] })).hits.map((hit) => hit.sermonId),
    ).not.toContain(sermon.id)
    expect((await search('xylophone', { memberOf: [sermon.churchId] })).hits[0]?.sermonId).toBe(sermon.id)
  })

  it('stays inside one sermon when asked to', async () => {
    const one = await createIndexedSermon(filler('kangaroo', 6))
    await createIndexedSermon(filler('kangaroo', 6))
    const { hits } = await search('kangaroo', { sermonId: one.id })
    expect(new Set(hits.map((hit) => hit.sermonId))).toEqual(new Set([one.id]))
  })

  it('finds a sermon by its title, its speaker and its scripture', async () => {
    const sermon = await createIndexedSermon(filler('thimble', 6), {
      title: 'The Quokka Parable',
      speaker: 'Bartholomew Quill',
      scripture: '1 Kings 19:11-12',
    })
    for (const query of ['quokka parable', 'Bartholomew Quill', '1 Kings 19', 'What is in 1 kings 19:12?']) {
      expect((await search(query)).hits[0]?.sermonId).toBe(sermon.id)
    }
  })

  it('finds with a model what another model has indexed, by its words', async () => {
    const sermon = await createIndexedSermon(filler('marmalade', 6))
    const { hits } = await search('marmalade', {}, aCountingEmbedder('another'))
    expect(hits[0]?.sermonId).toBe(sermon.id)
  })

  it('finds a sermon that has no transcript yet by its details', async () => {
    const { db } = connection
    const { id: churchId } = await fixtures.aChurch()
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
    const createIndexedSermonOn = async (
      text: string,
      fields: Parameters<(typeof fixtures)['aSermon']>[2],
    ) => {
      const sermon = await createIndexedSermon(text, fields)
      await storeReferences({ db: connection.db }, { sermonId: sermon.id })
      return sermon
    }
    const found = async (query: string) => (await search(query)).hits.map(({ sermonId }) => sermonId)

    it('compares verses as ranges: "Romans 9" finds a sermon on Romans 8-10', async () => {
      const sermon = await createIndexedSermonOn(filler('sandal', 6), { scripture: 'Romans 8-10' })
      for (const query of ['Romans 9', 'Rom 10:9', 'Which sermons are on Romans 9:1-5?']) {
        expect((await found(query))[0], query).toBe(sermon.id)
      }
      expect(await found('Romans 11')).not.toContain(sermon.id)
    })

    it('does not confuse books with the same name: "John 3" is not 1 John 3', async () => {
      const text = filler('harp', 6)
      const gospel = await createIndexedSermonOn(text, { title: 'Born again', scripture: 'John 3:1-15' })
      const letter = await createIndexedSermonOn(`Read 1 John 3 with me. ${text}`, {
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
      const sermon = await createIndexedSermonOn(
        `${filler('basket', 12)} Turn with me to the third chapter of Habakkuk verse seventeen. ${filler('ribbon', 12)}`,
        { title: 'Gladness', scripture: 'Nahum 1' },
      )
      const { hits } = await search('Habakkuk 3:17')
      expect(hits[0]).toMatchObject({ sermonId: sermon.id })
      expect(hits[0]?.text).toContain('chapter of Habakkuk')
    })

    it('opens a sermon on a verse where it begins, if its transcript does not name the verse', async () => {
      // The words of the query are also in a later passage, where they mean something else.
      const sermon = await createIndexedSermonOn(
        `The Lord is in his holy temple. ${filler('lantern', 10)} At 20 past 2 the Habs scored. ${filler('gravel', 10)}`,
        { title: 'Silence', scripture: 'Habakkuk 2:20' },
      )
      for (const query of ['Hab 2:20', 'Habakkuk 2:20', 'What does Hab 2:20 say?', 'Habakkuk 2']) {
        const { hits } = await search(query)
        expect(hits[0], query).toMatchObject({ sermonId: sermon.id, firstWord: 0 })
      }
    })

    it('opens it there too if the transcript names only another verse of the chapter', async () => {
      const sermon = await createIndexedSermonOn(
        `Blessed are the dead. ${filler('anchor', 10)} Compare Revelation 14:1 for the number. ${filler('pebble', 10)}`,
        { title: 'Rest', scripture: 'Revelation 14:13' },
      )
      const { hits } = await search('Revelation 14')
      expect(hits[0]).toMatchObject({ sermonId: sermon.id, firstWord: 0 })
      expect((await search('Revelation 14:1')).hits[0]?.text).toContain('Compare Revelation 14:1')
    })

    it('opens it where it names the verse, if it does', async () => {
      const sermon = await createIndexedSermonOn(
        `Good morning. ${filler('saddle', 10)} Now turn to Joel 2:28. ${filler('quiver', 10)} So much for Joel 2:28 today.`,
        { title: 'Poured out', scripture: 'Joel 2:28' },
      )
      const { hits } = await search('Joel 2:28')
      expect(hits[0]).toMatchObject({ sermonId: sermon.id })
      expect(hits[0]?.text).toContain('Now turn to Joel')
    })

    it('prefers a sermon that is on a passage to one that reads it', async () => {
      const text = 'Turn with me to Obadiah verse 3.'
      const reads = await createIndexedSermonOn(`${text} ${filler('brook', 8)}`, { title: 'Pride' })
      const isOn = await createIndexedSermonOn(filler('ledge', 8), { scripture: 'Obadiah 1-4' })
      expect(await found('Obadiah 3')).toEqual([isOn.id, reads.id])
    })

    it('searches for a subject in addition to a reference by its own words', async () => {
      const sermon = await createIndexedSermonOn(`${filler('nest', 4)} A pelican feeds her young.`, {
        scripture: 'Psalm 102:6',
      })
      expect((await search('the pelican in Psalm 102')).hits[0]?.text).toContain('pelican')
      expect((await search('the pelican in Psalm 102')).hits[0]?.sermonId).toBe(sermon.id)
    })
  })

  it('keeps to one speaker, one series, one part of the Bible or one year on request', async () => {
    const church = await fixtures.aChurch()
    const { db } = connection
    const [preached] = await db
      .insert(series)
      .values({ churchId: church.id, slug: randomUUID(), title: 'Journeys' })
      .returning()
    const one = await fixtures.aSermon(church.id, filler('caravan', 6), {
      speaker: 'Ann Ash',
      seriesId: preached?.id ?? null,
      scripture: 'Exodus 13',
      preachedOn: '2024-05-05',
    })
    const other = await fixtures.aSermon(church.id, filler('caravan', 6), {
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
    const sermon = await createIndexedSermon(filler('walrus', 6), { publication: 'draft' })
    expect((await search('walrus')).hits).toEqual([])
    await db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermon.id))
    expect((await search('walrus')).hits[0]?.sermonId).toBe(sermon.id)
    await fixtures.aTranscript(sermon, filler('narwhal', 6), 2)
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
