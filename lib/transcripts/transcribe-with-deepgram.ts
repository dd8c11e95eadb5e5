import { DeepgramClient, DeepgramError, DeepgramTimeoutError } from '@deepgram/sdk'
import { z } from 'zod'
import { parseRetryAfter } from '#lib/http/parse-retry-after.ts'
import { orderWordTimes } from './order-word-times.ts'
import { segmentSentences } from './segment-sentences.ts'
import type { TranscribeInput } from './transcriber.ts'
import { TranscriberError, type TranscriberFailure } from './transcriber-error.ts'
import { MAX_WORDS, type Transcript, type Word, type WordRange } from './transcript.ts'

export const DEEPGRAM_MODEL = 'nova-3'

const MAX_KEYTERMS = 100

// The types of the SDK make every field optional; these are the fields that we require.
const replySchema = z.object({
  results: z.object({
    channels: z
      .array(
        z.object({
          alternatives: z
            .array(
              z.object({
                words: z
                  .array(
                    z.object({
                      word: z.string(),
                      punctuated_word: z.string().optional(),
                      start: z.number().nonnegative(),
                      end: z.number().nonnegative(),
                      confidence: z.number().min(0).max(1).optional(),
                    }),
                  )
                  .max(MAX_WORDS),
                paragraphs: z
                  .object({ paragraphs: z.array(z.object({ start: z.number().nonnegative() })) })
                  .optional(),
              }),
            )
            .min(1),
        }),
      )
      .min(1),
  }),
})

export type DeepgramSettings = { apiKey: string; baseUrl?: string; timeoutMs?: number }

/**
 * Transcribes a recording with Deepgram. The file is streamed from disk. Never retries: the job does,
 * guided by `retryable` and `retryAfterMs` of the TranscriberError that this throws for every failure of the
 * service. Aborting rejects with the signal's reason.
 */
export async function transcribeWithDeepgram(
  { apiKey, baseUrl, timeoutMs = 15 * 60_000 }: DeepgramSettings,
  input: TranscribeInput,
): Promise<Transcript> {
  const language = input.language ?? 'en'
  const client = new DeepgramClient({ apiKey, ...(baseUrl ? { baseUrl } : {}) })
  // The SDK's time limit ends with the response headers; this one covers a body that never ends.
  const timeout = AbortSignal.timeout(timeoutMs)
  const abortSignal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout
  let reply: unknown
  try {
    reply = await client.listen.v1.media.transcribeFile(
      { path: input.filePath, contentType: input.contentType },
      {
        model: DEEPGRAM_MODEL,
        language,
        smart_format: true,
        punctuate: true,
        paragraphs: true,
        utterances: true,
        ...(input.keyterms?.length ? { keyterm: input.keyterms.slice(0, MAX_KEYTERMS) } : {}),
      },
      { timeoutInSeconds: Math.ceil(timeoutMs / 1000), maxRetries: 0, abortSignal },
    )
  } catch (error) {
    input.signal?.throwIfAborted()
    throw explainError(error, timeout.aborted)
  }
  input.signal?.throwIfAborted()
  if (timeout.aborted) throw new TranscriberError('transcriber.timeout')
  const parsed = replySchema.safeParse(reply)
  if (!parsed.success) throw new TranscriberError('transcriber.bad_reply', { cause: parsed.error })
  return toTranscript(parsed.data, language)
}

function toTranscript(reply: z.infer<typeof replySchema>, language: string): Transcript {
  const spoken = reply.results.channels[0]?.alternatives[0]
  const words = orderWordTimes(
    (spoken?.words ?? []).flatMap(({ word, punctuated_word, start, end, confidence }) => {
      const text = (punctuated_word ?? word).trim().slice(0, 200)
      const timed: Word = { text, startMs: start * 1000, endMs: end * 1000 }
      return text ? [confidence === undefined ? timed : { ...timed, confidence }] : []
    }),
  )
  if (words.length === 0) throw new TranscriberError('transcriber.no_speech')
  const starts = spoken?.paragraphs?.paragraphs.map(({ start }) => Math.round(start * 1000)) ?? []
  return {
    source: 'deepgram',
    language,
    isDraft: false,
    timing: 'words',
    words,
    sentences: segmentSentences(words),
    ...(starts.length > 0 ? { paragraphs: rangesFromStarts(words, starts) } : {}),
  }
}

function rangesFromStarts(words: readonly Word[], startsMs: readonly number[]): WordRange[] {
  const firsts = new Set([0])
  for (const startMs of startsMs) {
    const index = words.findIndex((word) => word.startMs >= startMs)
    if (index > 0) firsts.add(index)
  }
  const ordered = [...firsts].sort((a, b) => a - b)
  return ordered.map((firstWord, index) => ({
    firstWord,
    lastWord: (ordered[index + 1] ?? words.length) - 1,
  }))
}

function explainError(error: unknown, timedOut: boolean): TranscriberError {
  if (timedOut || error instanceof DeepgramTimeoutError)
    return new TranscriberError('transcriber.timeout', { cause: error })
  if (!(error instanceof DeepgramError))
    return new TranscriberError('transcriber.unreachable', { cause: error })
  if (error.statusCode === undefined) return new TranscriberError('transcriber.unreachable', { cause: error })
  return new TranscriberError(reasonForStatus(error.statusCode), {
    cause: error,
    retryAfterMs: parseRetryAfter(error.rawResponse?.headers.get('retry-after') ?? null, Date.now()),
  })
}

function reasonForStatus(status: number): TranscriberFailure {
  if (status === 401 || status === 403) return 'transcriber.key_refused'
  if (status === 402) return 'transcriber.no_credit'
  if (status === 408 || status === 504) return 'transcriber.timeout'
  if (status === 429) return 'transcriber.busy'
  if (status >= 500) return 'transcriber.failed'
  // A 200 with an error in its body is a truncated answer.
  return status >= 400 ? 'transcriber.refused_audio' : 'transcriber.bad_reply'
}
