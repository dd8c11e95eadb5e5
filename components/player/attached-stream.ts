/** `busy`: the server answers, but not with the recording. `gone`: the recording is not served any more. */
export type StreamFailure = 'network' | 'busy' | 'gone' | 'media' | 'unsupported'

/** A recording that is to be connected to an audio element, from `startMs` on. */
export type StreamSource = {
  url: string
  startMs: number
  onFailure: (failure: StreamFailure) => void
}

export interface AttachedStream {
  /** Requests what a jump to `toMs` needs, before it. Not where the browser itself reads the stream. */
  prepareJump?(toMs: number): void
  detach(): void
}
