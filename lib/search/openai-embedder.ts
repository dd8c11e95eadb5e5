import OpenAI from 'openai'
import { z } from 'zod'
import { EMBEDDING_DIMENSIONS } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { parseRetryAfter } from '#lib/http/parse-retry-after.ts'
import type { Embedder } from './embedder.ts'

const TEXTS_PER_REQUEST = 64
/** Far longer than any passage; keeps unusual texts within the model's limit of about 8,000 tokens. */
const MAX_TEXT_LENGTH = 8000
const TIMEOUT_MS = { passage: 60_000, query: 10_000 } as const

const vectorSchema = z.preprocess(
  (value) => (value instanceof Float32Array ? Array.from(value) : value),
  z.array(z.number()).length(EMBEDDING_DIMENSIONS),
)
const replySchema = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: vectorSchema })),
})

/**
 * Embeds with OpenAI or any server with its protocol and vectors of 384 dimensions. Throws AppError: after
 * `rate_limited` and `unavailable` a retry may help, after `vendor_failed` it does not.
 */
export function openAiEmbedder(settings: {
  apiKey: string
  baseUrl?: string | undefined
  model: string
  timeoutMs?: { passage: number; query: number }
}): Embedder {
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS
  const client = new OpenAI({
    apiKey: settings.apiKey,
    ...(settings.baseUrl === undefined ? {} : { baseURL: settings.baseUrl }),
    maxRetries: 0,
  })

  async function embedBatch(
    input: string[],
    kind: 'passage' | 'query',
    signal: AbortSignal | undefined,
  ): Promise<number[][]> {
    // The SDK's time limit ends with the response headers; this one covers a body that never ends.
    const timeout = AbortSignal.timeout(timeoutMs[kind])
    const reply = await client.embeddings
      .create(
        { model: settings.model, input, dimensions: EMBEDDING_DIMENSIONS },
        { timeout: timeoutMs[kind], signal: signal ? AbortSignal.any([signal, timeout]) : timeout },
      )
      .catch((cause: unknown) => {
        signal?.throwIfAborted()
        throw timeout.aborted ? unreachable(cause) : embeddingFailure(cause)
      })
    const parsed = replySchema.safeParse(reply)
    if (!parsed.success) throw unusableReply(parsed.error)
    const vectors: (number[] | undefined)[] = new Array(input.length)
    for (const { index, embedding } of parsed.data.data) vectors[index] = unitVector(embedding)
    return input.map((_, index) => vectors[index] ?? fail(unusableReply('a text has no vector')))
  }

  return {
    id: `openai:${settings.model}:${EMBEDDING_DIMENSIONS}`,
    dimensions: EMBEDDING_DIMENSIONS,
    embed: async (texts, { kind, signal }) => {
      const vectors: number[][] = []
      for (let from = 0; from < texts.length; from += TEXTS_PER_REQUEST) {
        const batch = texts
          .slice(from, from + TEXTS_PER_REQUEST)
          .map((text) => text.slice(0, MAX_TEXT_LENGTH).trim() || '-')
        vectors.push(...(await embedBatch(batch, kind, signal)))
      }
      return vectors
    },
  }
}

function fail(error: Error): never {
  throw error
}

function unusableReply(cause: unknown): AppError {
  return new AppError('vendor_failed', 'The embedding service sent an answer we could not use.', {
    reason: 'embeddings.unusable_reply',
    cause,
  })
}

function unitVector(values: number[]): number[] {
  const length = Math.hypot(...values)
  if (!Number.isFinite(length) || length === 0) throw unusableReply('a vector has no length')
  return values.map((value) => value / length)
}

function unreachable(cause: unknown): AppError {
  return new AppError(
    'unavailable',
    'The embedding service cannot be reached. The request will be retried.',
    {
      reason: 'embeddings.unreachable',
      cause,
    },
  )
}

/** Converts an error of the vendor to an AppError with the error as its cause. */
function embeddingFailure(cause: unknown): AppError {
  const status = cause instanceof OpenAI.APIError ? cause.status : undefined
  // A connection that breaks inside the body comes as fetch reports it: a TypeError with the socket's error.
  const isBroken = cause instanceof TypeError && cause.cause instanceof Error
  if (cause instanceof OpenAI.APIConnectionError || isBroken || status === 408) return unreachable(cause)
  if (status === 429) {
    return new AppError(
      'rate_limited',
      'The embedding service received too many requests. The request will be retried.',
      {
        reason: 'embeddings.rate_limited',
        retryAfterMs: cause instanceof OpenAI.APIError ? retryAfterMs(cause.headers) : undefined,
        cause,
      },
    )
  }
  if (status === 401 || status === 403) {
    return new AppError('vendor_failed', 'The embedding service refused the key. Check OPENAI_API_KEY.', {
      reason: 'embeddings.key_refused',
      cause,
    })
  }
  if (status !== undefined && status >= 500) {
    return new AppError('unavailable', 'The embedding service has a problem. The request will be retried.', {
      reason: 'embeddings.vendor_down',
      retryAfterMs: cause instanceof OpenAI.APIError ? retryAfterMs(cause.headers) : undefined,
      cause,
    })
  }
  if (status !== undefined) {
    return new AppError('vendor_failed', 'The embedding service did not accept our request.', {
      reason: 'embeddings.rejected',
      cause,
    })
  }
  return unusableReply(cause)
}

function retryAfterMs(headers: Headers | undefined): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds
  return parseRetryAfter(headers?.get('retry-after'), Date.now())
}
