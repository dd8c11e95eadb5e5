import { createHash } from 'node:crypto'
import { and, desc, eq, inArray, isNotNull, notExists, sql } from 'drizzle-orm'
import type { Database, DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { passages, sermons, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'
import { type AnalysedText, analyserId, analyseTexts, baseLanguage, toTsvector } from './analyse-text.ts'
import type { Embedder } from './embedder.ts'
import { type PassageSizes, type PassageSpan, passageSizes, splitPassages } from './split-passages.ts'
import { meaningOf, wordMeanings } from './word-meanings.ts'

/** The passages to index of one revision of a transcript, each with its content hash. */
export type PassagePlan = {
  churchId: string
  sermonId: string
  transcriptId: string
  language: string
  passages: (PassageSpan & { contentHash: string })[]
}

/** Plain data, so that a job can keep it as the result of a step. */
export type PassageVector = { contentHash: string; embedding: number[] }

const TEXTS_PER_BATCH = 64
/** Keeps one INSERT well below the 65,535 parameters that Postgres allows. */
const ROWS_PER_INSERT = 200

/**
 * Indexes the current transcript of a sermon and removes the passages of older ones. May run twice or at the same
 * time. Throws AppError `conflict` if there is no transcript or a newer one arrived in the meantime, and the errors
 * of the embedder.
 */
export async function indexPassages(
  { db, embedder }: { db: Database; embedder: Embedder | null },
  input: {
    sermonId: string
    signal?: AbortSignal | undefined
    /** Called with a share from 0 to 1 after every batch. */
    onProgress?: ((share: number) => void | Promise<void>) | undefined
    sizes?: PassageSizes | undefined
  },
): Promise<{ passages: number; embedded: number }> {
  const plan = await planPassages({ db }, input)
  const vectors = await embedPassages(
    { db, embedder },
    { plan, signal: input.signal, onProgress: input.onProgress },
  )
  await storePassages({ db, embedder }, { plan, vectors })
  return { passages: plan.passages.length, embedded: vectors.length }
}

/** The passages of the sermon's current transcript. Throws AppError `conflict` where there is none. */
export async function planPassages(
  { db }: { db: DatabaseOrTransaction },
  { sermonId, sizes = passageSizes }: { sermonId: string; sizes?: PassageSizes | undefined },
): Promise<PassagePlan> {
  const [transcript] = await db
    .select()
    .from(transcripts)
    .where(and(eq(transcripts.sermonId, sermonId), ofCurrentRecording))
    .orderBy(desc(transcripts.revision))
    .limit(1)
  if (!transcript) {
    throw new AppError('conflict', 'There is no transcript yet, so there is nothing to search in.', {
      reason: 'index.no_transcript',
    })
  }
  return {
    churchId: transcript.churchId,
    sermonId,
    transcriptId: transcript.id,
    language: transcript.language,
    passages: splitPassages(transcript, sizes).map((span) => ({
      ...span,
      contentHash: contentHash(span.text),
    })),
  }
}

/**
 * Embeds the passages without a stored vector; none without a model. Vectors that this model has already made for any
 * revision of the transcript are not requested again.
 */
export async function embedPassages(
  { db, embedder }: { db: DatabaseOrTransaction; embedder: Embedder | null },
  input: {
    plan: PassagePlan
    signal?: AbortSignal | undefined
    onProgress?: ((share: number) => void | Promise<void>) | undefined
  },
): Promise<PassageVector[]> {
  if (!embedder) return []
  const stored = await db
    .selectDistinct({ contentHash: passages.contentHash })
    .from(passages)
    .where(and(eq(passages.sermonId, input.plan.sermonId), eq(passages.embedder, embedder.id)))
  const known = new Set(stored.map((row) => row.contentHash))
  const missing = new Map(
    input.plan.passages
      .filter((passage) => !known.has(passage.contentHash))
      .map((passage) => [passage.contentHash, passage.text]),
  )
  const wanted = [...missing]
  const vectors: PassageVector[] = []
  for (let from = 0; from < wanted.length; from += TEXTS_PER_BATCH) {
    const batch = wanted.slice(from, from + TEXTS_PER_BATCH)
    const made = await embedder.embed(
      batch.map(([, text]) => text),
      { kind: 'passage', signal: input.signal },
    )
    for (const [index, [hash]] of batch.entries()) {
      const vector = made[index]
      if (vector) vectors.push({ contentHash: hash, embedding: vector.map(asStored) })
    }
    await input.onProgress?.(Math.min(1, (from + batch.length) / wanted.length))
  }
  return vectors
}

/**
 * Replaces the sermon's passages with the planned ones in one short transaction. `vectors` are those of
 * `embedPassages`; the other vectors are copied from the replaced rows.
 */
export async function storePassages(
  { db, embedder }: { db: Database; embedder: Embedder | null },
  { plan, vectors }: { plan: PassagePlan; vectors: readonly PassageVector[] },
): Promise<void> {
  const analysed = await analyseTexts(
    db,
    plan.passages.map(({ text }) => text),
    plan.language,
  )
  const hasMeanings = baseLanguage(plan.language) === 'en'
  await db.transaction(async (tx) => {
    // The row of the newest transcript is locked, so that two runs of one sermon do not mix their passages.
    const [current] = await tx
      .select({ id: transcripts.id })
      .from(transcripts)
      .where(and(eq(transcripts.sermonId, plan.sermonId), ofCurrentRecording))
      .orderBy(desc(transcripts.revision))
      .limit(1)
      .for('update')
    if (current?.id !== plan.transcriptId) {
      throw new AppError('conflict', 'A newer transcript arrived while this one was being indexed.', {
        reason: 'index.transcript_replaced',
      })
    }
    const made = new Map(vectors.map((vector) => [vector.contentHash, vector.embedding]))
    const rows = plan.passages.map((passage, place) => ({
      ...passage,
      ...indexFields(analysed[place] ?? { terms: [], positions: [], words: 0 }, hasMeanings),
      churchId: plan.churchId,
      sermonId: plan.sermonId,
      transcriptId: plan.transcriptId,
      embedder: embedder?.id ?? null,
      embedding: made.get(passage.contentHash),
    }))
    const needed = rows.filter((row) => !row.embedding).map((row) => row.contentHash)
    const kept = embedder
      ? await keptVectors(tx, plan.sermonId, embedder.id, needed)
      : new Map<string, number[]>()
    const complete = rows.map((row) => {
      const embedding = row.embedding ?? kept.get(row.contentHash) ?? null
      if (embedder && !embedding) {
        throw new AppError('conflict', 'Stored vectors were removed while the sermon was being indexed.', {
          reason: 'index.vectors_gone',
        })
      }
      return { ...row, embedding }
    })
    await tx.delete(passages).where(eq(passages.sermonId, plan.sermonId))
    for (let from = 0; from < complete.length; from += ROWS_PER_INSERT) {
      await tx.insert(passages).values(complete.slice(from, from + ROWS_PER_INSERT))
    }
  })
}

function indexFields(analysed: AnalysedText, hasMeanings: boolean) {
  const meaning = hasMeanings ? meaningOf(wordMeanings(), analysed.terms) : null
  return {
    analyser: analyserId(),
    search: toTsvector(analysed),
    meaning: meaning ? Array.from(meaning, asStored) : null,
  }
}

async function keptVectors(
  tx: DatabaseOrTransaction,
  sermonId: string,
  embedderId: string,
  hashes: string[],
): Promise<Map<string, number[]>> {
  if (hashes.length === 0) return new Map()
  const rows = await tx
    .select({ contentHash: passages.contentHash, embedding: passages.embedding })
    .from(passages)
    .where(
      and(
        eq(passages.sermonId, sermonId),
        eq(passages.embedder, embedderId),
        isNotNull(passages.embedding),
        inArray(passages.contentHash, hashes),
      ),
    )
  return new Map(rows.flatMap((row) => (row.embedding ? [[row.contentHash, row.embedding]] : [])))
}

/** Lists sermons that another analyser or another model indexed, so that they can be indexed again. */
export async function listOutdatedSermons(
  { db, embedder }: { db: Database; embedder: Embedder | null },
  { limit }: { limit: number },
): Promise<{ sermonId: string; churchId: string }[]> {
  return db
    .selectDistinct({ sermonId: passages.sermonId, churchId: passages.churchId })
    .from(passages)
    .where(
      and(
        sql`(${passages.analyser} <> ${analyserId()} or ${passages.embedder} is distinct from ${embedder?.id ?? null})`,
        notExists(
          db
            .select({ id: sermons.id })
            .from(sermons)
            .where(and(eq(sermons.id, passages.sermonId), isNotNull(sermons.trashedAt))),
        ),
      ),
    )
    .orderBy(sql`1`)
    .limit(limit)
}

/** Half precision keeps three digits; more would only make the step's stored result larger. */
function asStored(value: number): number {
  return Math.round(value * 1e5) / 1e5
}

function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
