/** What the child process is asked: to recognise the speech in a 16-bit mono WAV file. Paths are absolute. */
export type SpeechRequest = {
  wavFile: string
  sampleRateHz: number
  /** Where the samples begin in the file, in bytes. */
  headerBytes: number
  network: SpeechNetwork
  /** The code of the language in the model; Whisper needs it. */
  language: string
  threads: number
}

export type SpeechNetwork =
  | { family: 'whisper'; encoder: string; decoder: string; tokens: string }
  | { family: 'nemo-transducer'; encoder: string; decoder: string; joiner: string; tokens: string }
  | { family: 'nemo-ctc'; graph: string; tokens: string }

/**
 * A stretch of speech without a pause, in ms from the start of the file. A token that begins with a space begins a
 * word. `startsMs` has the time of each token if the model gives times, `shares` how certain it is of each, 0..1.
 */
export type SpeechSegment = {
  startMs: number
  endMs: number
  text: string
  tokens: string[]
  startsMs: number[]
  shares: number[]
}

/** What the child process of the detector is asked: where there is speech in a 16-bit mono WAV file. */
export type DetectionRequest = Pick<SpeechRequest, 'wavFile' | 'sampleRateHz' | 'headerBytes'>

export type SpeechStretch = Pick<SpeechSegment, 'startMs' | 'endMs'>
