/** The parts of the package that Selah uses; it ships no types. */
declare module 'sherpa-onnx-node' {
  type Segment = { start: number; samples: Float32Array }

  class Vad {
    constructor(
      config: {
        sileroVad: {
          model: string
          threshold: number
          minSilenceDuration: number
          minSpeechDuration: number
          maxSpeechDuration: number
          windowSize: number
        }
        sampleRate: number
        numThreads: number
        provider: 'cpu'
        debug: 0
      },
      bufferSizeInSeconds: number,
    )
    acceptWaveform(samples: Float32Array): void
    isEmpty(): boolean
    front(enableExternalBuffer: boolean): Segment
    pop(): void
    flush(): void
  }

  class OfflineStream {
    acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void
  }

  class OfflineRecognizer {
    constructor(config: {
      featConfig: { sampleRate: number; featureDim: number }
      modelConfig: Record<string, unknown>
      decodingMethod: 'greedy_search'
    })
    createStream(): OfflineStream
    decode(stream: OfflineStream): void
    getResult(stream: OfflineStream): {
      text: string
      tokens: string[]
      /** Seconds from the start of the stream; empty if the model gives no times. */
      timestamps: number[]
      ys_log_probs: number[]
    }
  }
}
