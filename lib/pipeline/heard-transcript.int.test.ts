import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { passages, profiles, scriptureRefs, sermons, transcripts } from '#lib/db/schema.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { type MediaFailureReason, mediaFailure } from '#lib/media/media-failures.ts'
import { recordFacetFailure } from '#lib/pipeline/record-facet-failure.ts'
import { storeTranscript } from '#lib/pipeline/store-transcript.ts'
import { forgetSteps } from '#lib/runs/run-step.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { correctTranscript, restoreTranscript } from '#lib/sermons/correct-transcript.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listTranscriptVersions } from '#lib/sermons/list-transcript-versions.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { transcriptPatchSchema } from '#lib/sermons/transcript-input.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let sermonId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
  churchId = await createChurch(db)
})

beforeEach(async () => {
  const [id = ''] = await createSermons(db, {
    churchId,
    count: 1,
    mediaStatus: 'running',
    transcriptStatus: 'running',
  })
  sermonId = id
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const spoken = 'Read Romans 8:28 with me.'.split(' ')
const written = (source: 'recogniser' | 'upload') => ({
  source,
  language: 'en',
  isDraft: source === 'recogniser',
  isApproximate: false,
  words: spoken.map((text, index): [string, number, number] => [text, index * 500, index * 500 + 400]),
  sentences: [[0, spoken.length - 1] satisfies [number, number]],
})

async function store(source: 'recogniser' | 'upload'): Promise<void> {
  const work = {
    db,
    workKey: `${sermonId}/transcript/1/${source}`,
    taskId: 'transcribe',
    runId: `run_${sermonId}`,
    attempt: 1,
    churchId,
    sermonId,
    signal: new AbortController().signal,
    mediaRevision: 1,
  }
  await storeTranscript({ services: { db } }, work, written(source))
}

async function index(): Promise<void> {
  await indexPassages({ db, embedder: null }, { sermonId })
  await storeReferences({ db }, { sermonId })
}

const refuse = (reason: MediaFailureReason) =>
  recordFacetFailure(
    { db },
    { taskId: 'prepare-media', payload: { sermonId, mediaRevision: 1 }, error: mediaFailure(reason) },
  )

/** How much of the transcript people can read, search and find by scripture. */
async function visible() {
  const transcript = await readTranscript({ db }, { sermonId })
  const found = await db.select().from(passages).where(eq(passages.sermonId, sermonId))
  const references = await db.select().from(scriptureRefs).where(eq(scriptureRefs.sermonId, sermonId))
  const { facets } = await findChurchSermon({ db }, { id: sermonId, churchId })
  return {
    words: transcript?.words.length ?? 0,
    isSearchable: found.length > 0 && references.length > 0,
    facets: [facets.media.status, facets.transcript.status, facets.index.status],
  }
}

test('what was heard in a recording that is refused afterwards is neither shown nor searched', async () => {
  await store('recogniser')
  await index()
  await refuse('media.silent')
  expect(await visible()).toEqual({
    words: 0,
    isSearchable: false,
    facets: ['failed', 'failed', 'waiting'],
  })
  const { facets } = await findChurchSermon({ db }, { id: sermonId, churchId })
  expect(facets.transcript.error).toEqual(facets.media.error)
})

test('what is heard in a recording that was refused before is not stored', async () => {
  await refuse('media.damaged')
  await expect(store('recogniser')).rejects.toMatchObject({ reason: 'media.damaged' })
  expect(await db.select().from(transcripts).where(eq(transcripts.sermonId, sermonId))).toEqual([])
})

test('it is shown again when another attempt prepares the recording', async () => {
  await store('recogniser')
  await refuse('media.child_crashed')
  await setFacet(db, { sermonId, facet: 'media', status: 'ready' })
  expect((await visible()).words).toBe(spoken.length)
})

test.each([
  ['uploaded', 'upload', {}],
  ['reviewed', 'recogniser', { isReviewed: true }],
] as const)('a transcript that a person %s stays', async (_, source, columns) => {
  await store(source)
  await db
    .update(transcripts)
    .set({ ...columns, isDraft: false })
    .where(eq(transcripts.sermonId, sermonId))
  await index()
  await refuse('media.silent')
  expect(await visible()).toMatchObject({ words: spoken.length, isSearchable: true })
})

test('a machine that was too busy for the recording takes nothing away', async () => {
  await store('recogniser')
  await index()
  await refuse('media.child_timeout')
  expect(await visible()).toMatchObject({ words: spoken.length, isSearchable: true })
  expect((await db.select().from(sermons).where(eq(sermons.id, sermonId)))[0]?.transcriptStatus).toBe('ready')
})

test('a recording that is transcribed again keeps the corrected version, which can be restored', async () => {
  const actorId = randomUUID()
  await db.insert(profiles).values({ id: actorId, email: `${actorId}@example.org`, displayName: 'Ruth' })
  await store('recogniser')
  const heard = await readTranscript({ db }, { sermonId })
  const author = { sermonId, churchId, actorId }
  const now = () => new Date()
  const patch = transcriptPatchSchema.parse({ revision: 1, edits: [{ from: 'w0', to: 'w0', text: 'Hear' }] })
  const { row: corrected } = await correctTranscript({ db, now }, author, patch)
  await forgetSteps({ db }, { workKeyPrefix: `${sermonId}/transcript/` })
  await store('recogniser')
  expect((await readTranscript({ db }, { sermonId }))?.words).toEqual(heard?.words)
  const [newest, before] = await listTranscriptVersions({ db }, { sermonId })
  expect(before).toMatchObject({ revision: corrected.revision, editedBy: 'Ruth' })
  const version = { revision: newest?.revision ?? 0, version: corrected.revision }
  await restoreTranscript({ db, now }, author, version)
  expect((await readTranscript({ db }, { sermonId }))?.words[0]?.[0]).toBe('Hear')
})
