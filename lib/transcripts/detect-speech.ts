import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import type { DetectionRequest, SpeechStretch } from './child/speech-protocol.ts'
import { runRecogniser } from './run-recogniser.ts'

const SAMPLE_RATE_HZ = 16_000
const WAV_HEADER_BYTES = 44

const stretchSchema: z.ZodType<SpeechStretch> = z.object({ startMs: z.number(), endMs: z.number() })

/**
 * Finds where there is speech in a recording, with the detector whose weights are part of Selah. It runs in a process
 * of its own. Throws AppError `media.*` when the recording cannot be read, and TranscriberError when the detector ends
 * early. Aborting kills it and leaves no file.
 */
export async function detectSpeech({
  filePath,
  signal = new AbortController().signal,
}: {
  filePath: string
  signal?: AbortSignal
}): Promise<{ speech: SpeechStretch[]; durationMs: number }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'selah-speech-'))
  try {
    const wavFile = path.join(directory, 'sound.wav')
    const { decodedDurationMs } = await decodeToPcm({
      ...{ filePath, outputFile: wavFile, sampleRateHz: SAMPLE_RATE_HZ },
      signal,
    })
    const request: DetectionRequest = { wavFile, sampleRateHz: SAMPLE_RATE_HZ, headerBytes: WAV_HEADER_BYTES }
    const speech: SpeechStretch[] = []
    await runRecogniser({
      command: process.execPath,
      args: [
        '--experimental-strip-types',
        '--disable-warning=ExperimentalWarning',
        // Resolved from the working directory, so that it is the same file in the app, in a task and in a bundle.
        path.join(process.cwd(), 'lib/transcripts/child/speech-detector.ts'),
        JSON.stringify(request),
      ],
      durationMs: decodedDurationMs,
      signal,
      onLine: (line) => speech.push(stretchSchema.parse(JSON.parse(line))),
    })
    return { speech, durationMs: decodedDurationMs }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
