import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import { modelFolder } from '#lib/models/model-folder.ts'
import type { SpeechManifest } from '#lib/models/model-manifest.ts'
import type { SpeechRequest, SpeechSegment } from './child/speech-protocol.ts'
import { orderWordTimes } from './order-word-times.ts'
import { runRecogniser } from './run-recogniser.ts'
import { segmentSentences } from './segment-sentences.ts'
import { segmentToWords } from './segment-to-words.ts'
import type { TranscribeInput } from './transcriber.ts'
import { TranscriberError } from './transcriber-error.ts'
import type { Transcript } from './transcript.ts'

const SAMPLE_RATE_HZ = 16_000
const WAV_HEADER_BYTES = 44
// The estimated share of decoding in the total time.
const DECODING_SHARE = 0.05
const THREADS = Math.max(1, Math.min(4, os.availableParallelism() - 1))

/** Codes of BCP 47 for which the models have another one. */
const otherCodes: Record<string, string> = { fil: 'tl', nb: 'no', iw: 'he', cmn: 'zh', jv: 'jw' }

const segmentSchema: z.ZodType<SpeechSegment> = z.object({
  startMs: z.number(),
  endMs: z.number(),
  text: z.string(),
  tokens: z.array(z.string()),
  startsMs: z.array(z.number()),
  shares: z.array(z.number()),
})

/** The code by which the model knows a language; null if it does not know it. */
export function codeInModel(model: Pick<SpeechManifest, 'languages'>, language: string): string | null {
  const primary = language.split('-')[0]?.toLowerCase() ?? ''
  const known = [primary, otherCodes[primary]].find((code) => code && model.languages.includes(code))
  return known ?? null
}

/**
 * Transcribes a recording with a speech model on this machine, which runs in a process of its own: the recording is
 * cut at pauses by a detector of speech, so the memory does not depend on its length. Throws TranscriberError, or
 * AppError `media.*` when the recording cannot be read. Aborting kills the process immediately and leaves no file.
 */
export async function transcribeWithSpeechModel(
  { model, modelsDir }: { model: SpeechManifest; modelsDir: string },
  input: TranscribeInput,
): Promise<Transcript> {
  const language = input.language ?? 'en'
  const code = codeInModel(model, language)
  if (!code) throw new TranscriberError('transcriber.language')
  const directory = await mkdtemp(path.join(os.tmpdir(), 'selah-speech-'))
  const signal = input.signal ?? new AbortController().signal
  try {
    const wavFile = path.join(directory, 'speech.wav')
    const { decodedDurationMs } = await decodeToPcm({
      filePath: input.filePath,
      outputFile: wavFile,
      sampleRateHz: SAMPLE_RATE_HZ,
      signal,
      onProgress: (share) => input.onProgress?.(share * DECODING_SHARE),
    })
    const request: SpeechRequest = {
      wavFile,
      sampleRateHz: SAMPLE_RATE_HZ,
      headerBytes: WAV_HEADER_BYTES,
      network: resolveFiles(model, path.resolve(modelFolder(modelsDir, model))),
      language: code,
      threads: THREADS,
    }
    const segments: SpeechSegment[] = []
    await runRecogniser({
      command: process.execPath,
      args: [
        '--experimental-strip-types',
        '--disable-warning=ExperimentalWarning',
        // Resolved from the working directory, so that it is the same file in the app, in a task and in a bundle.
        path.join(process.cwd(), 'lib/transcripts/child/main.ts'),
        JSON.stringify(request),
      ],
      durationMs: decodedDurationMs,
      signal,
      onLine: (line) => {
        const segment = segmentSchema.parse(JSON.parse(line))
        segments.push(segment)
        const share = Math.min(1, segment.endMs / decodedDurationMs)
        input.onProgress?.(DECODING_SHARE + (1 - DECODING_SHARE) * share)
      },
    })
    input.onProgress?.(1)
    const words = orderWordTimes(segments.flatMap(segmentToWords))
    if (words.length === 0) throw new TranscriberError('transcriber.no_speech')
    const isTimed = segments.every(({ tokens, startsMs }) => tokens.length === startsMs.length)
    return {
      source: 'speech-model',
      language,
      isDraft: model.isDraft,
      timing: isTimed ? 'words' : 'cues',
      words,
      sentences: segmentSentences(words),
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function resolveFiles({ network }: SpeechManifest, folder: string): SpeechRequest['network'] {
  const at = (file: string) => path.join(folder, file)
  const tokens = at(network.tokens)
  switch (network.family) {
    case 'whisper':
      return { ...network, encoder: at(network.encoder), decoder: at(network.decoder), tokens }
    case 'nemo-transducer':
      return {
        ...network,
        encoder: at(network.encoder),
        decoder: at(network.decoder),
        joiner: at(network.joiner),
        tokens,
      }
    case 'nemo-ctc':
      return { ...network, graph: at(network.graph), tokens }
  }
}
