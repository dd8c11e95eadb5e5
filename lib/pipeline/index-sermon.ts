import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { storeDetectedChapters } from '#lib/chapters/store-detected-chapters.ts'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import {
  type PipelineContext,
  readSermonRow,
  sermonWork,
  throttleProgress,
} from '#lib/pipeline/pipeline-context.ts'
import { type Postponed, postponeWhenLimited } from '#lib/pipeline/postpone-when-limited.ts'
import { waitOutRateLimits } from '#lib/pipeline/wait-out-rate-limits.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { analyserId } from '#lib/search/analyse-text.ts'
import { openEmbedder } from '#lib/search/choose-embedder.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import { embedPassages, planPassages, storePassages } from '#lib/search/index-passages.ts'

const planResult = z.object({
  churchId: z.uuid(),
  sermonId: z.uuid(),
  transcriptId: z.uuid(),
  language: z.string(),
  passages: z.array(
    z.object({
      position: z.number(),
      firstWord: z.number(),
      lastWord: z.number(),
      startMs: z.number(),
      endMs: z.number(),
      text: z.string(),
      contentHash: z.string(),
    }),
  ),
})
const vectorsResult = z.array(z.object({ contentHash: z.string(), embedding: z.array(z.number()) }))

export type Indexed = { passages: number } | { superseded: true }

/**
 * Indexes the current transcript of a sermon, or postpones that while the embedding service is busy. Ends as
 * superseded when the transcript or its recording was replaced: newer work then indexes the new transcript.
 */
export async function indexSermon(
  context: PipelineContext,
  payload: TaskPayload<'index-passages'>,
): Promise<Indexed | Postponed> {
  return postponeWhenLimited(context, { ...payload, facet: 'index' }, async () => {
    try {
      return await indexNow(context, payload)
    } catch (error) {
      if (!(error instanceof AppError) || !supersededReasons.includes(error.reason)) throw error
      const { sermonId } = payload
      await setFacet(context.services.db, {
        sermonId,
        facet: 'index',
        status: 'waiting',
        onlyWhile: 'running',
      })
      return { superseded: true }
    }
  })
}

const supersededReasons: readonly string[] = ['index.no_transcript', 'index.transcript_replaced']

async function indexNow(
  context: PipelineContext,
  { churchId, sermonId }: TaskPayload<'index-passages'>,
): Promise<{ passages: number }> {
  const { services, run } = context
  const embedder = await openEmbedder(services.env)
  const patientEmbedder: Embedder | null = embedder && {
    ...embedder,
    // It waits around each request, so that a rate limit does not discard the finished embeddings.
    embed: (texts, options) => waitOutRateLimits(() => embedder.embed(texts, options)),
  }
  const sermon = await readSermonRow(context, sermonId)
  await setFacet(services.db, { sermonId, facet: 'index', status: 'running' })
  const report = throttleProgress((progress) =>
    setFacet(services.db, { sermonId, facet: 'index', status: 'running', progress, onlyWhile: 'running' }),
  )
  const { transcriptRevision, language } = sermon
  const version = `index/${transcriptRevision}/${analyserId()}/${language}/${embedder?.id ?? 'words'}`
  const work = sermonWork(context, { churchId, sermonId }, version)
  const plan = await runStep(work, { name: 'plan', result: planResult }, () =>
    planPassages(services, { sermonId }),
  )
  const vectors = await runStep(work, { name: 'embed', result: vectorsResult }, () =>
    embedPassages(
      { db: services.db, embedder: patientEmbedder },
      { plan, signal: run.signal, onProgress: report },
    ),
  )
  const stored = z.object({ passages: z.number() })
  const result = await runStep(work, { name: 'store', result: stored }, async () => {
    await storePassages({ db: services.db, embedder }, { plan, vectors })
    await storeReferences(services, { sermonId })
    await storeDetectedChapters(services, { sermonId })
    return { passages: plan.passages.length }
  })
  // Outside the step: a replay that skips the step must still mark the facet as ready.
  await services.db.transaction(async (tx) => {
    const [current] = await tx
      .select({ id: sermons.id })
      .from(sermons)
      .where(and(eq(sermons.id, sermonId), eq(sermons.transcriptRevision, sermon.transcriptRevision)))
    if (current) await setFacet(tx, { sermonId, facet: 'index', status: 'ready' })
  })
  return result
}
