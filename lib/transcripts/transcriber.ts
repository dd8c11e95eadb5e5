import type { Transcript } from './transcript.ts'

/** Transcribes recordings: a hosted service or a recogniser on this machine. */
export interface Transcriber {
  readonly source: 'deepgram' | 'speech-model' | 'recogniser'
  /** The name shown in processing reports and on the health page, e.g. `Deepgram nova-3`. */
  readonly label: string
  /** Throws TranscriberError (with `retryable`), or AppError when the recording cannot be used. */
  transcribe(input: TranscribeInput): Promise<Transcript>
}

export type TranscribeInput = {
  /** A local audio file. */
  filePath: string
  /** Its media type, e.g. `audio/mp4`. */
  contentType: string
  durationMs: number
  /** BCP 47; `en` when left out. */
  language?: string
  /** Names and words to recognise: the preacher, the place, biblical names. */
  keyterms?: readonly string[]
  /** Pauses from `measureLoudness`, where long recordings may be cut. */
  silences?: readonly { startMs: number; endMs: number }[]
  signal?: AbortSignal
  /** 0..1; not every transcriber reports it. */
  onProgress?: (share: number) => void
}
