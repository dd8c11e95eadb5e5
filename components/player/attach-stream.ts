import type { ErrorData } from 'hls.js'

export type StreamFailure = 'network' | 'media' | 'unsupported'

/** A second failure of the same kind within this time is told to the listener instead. */
const RECOVER_AGAIN_AFTER_MS = 30_000

export interface AttachedStream {
  detach(): void
}

/** An iPhone plays HLS itself, and keeps on when the screen goes dark. */
const playsHlsItself = (audio: HTMLAudioElement) =>
  !('MediaSource' in window) && audio.canPlayType('application/vnd.apple.mpegurl') !== ''

/** Fetches the streaming code ahead of the first press of play. */
export function warmStream(): void {
  void import('hls.js/light')
}

/**
 * Connects an HLS master playlist to the element, starting at `startMs`. Only failures that could not be
 * recovered are reported: a media error is recovered once, and after a network error the playlists are
 * fetched again once, which also renews signed addresses that ran out.
 */
export async function attachStream(
  audio: HTMLAudioElement,
  stream: { url: string; startMs: number; onFailure: (failure: StreamFailure) => void; signal: AbortSignal },
): Promise<AttachedStream> {
  if (playsHlsItself(audio)) return attachNatively(audio, stream)
  const { default: Hls } = await import('hls.js/light')
  if (stream.signal.aborted) return { detach: () => {} }
  if (!Hls.isSupported()) {
    if (audio.canPlayType('application/vnd.apple.mpegurl') !== '') return attachNatively(audio, stream)
    stream.onFailure('unsupported')
    return { detach: () => {} }
  }

  // The buffer is bounded by time: by default 60 MB, which is hours of speech.
  const hls = new Hls({
    maxBufferSize: 0,
    maxBufferLength: 60,
    maxMaxBufferLength: 120,
    startPosition: stream.startMs / 1000,
  })
  const recoveredAt = new Map<string, number>()

  hls.on(Hls.Events.ERROR, (_event: string, data: ErrorData) => {
    if (!data.fatal) return
    const again = Date.now() - (recoveredAt.get(data.type) ?? 0) > RECOVER_AGAIN_AFTER_MS
    recoveredAt.set(data.type, Date.now())
    if (again && data.type === Hls.ErrorTypes.NETWORK_ERROR) {
      const from = audio.currentTime || stream.startMs / 1000
      hls.loadSource(stream.url)
      hls.startLoad(from)
    } else if (again && data.type === Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError()
    } else {
      stream.onFailure(data.type === Hls.ErrorTypes.NETWORK_ERROR ? 'network' : 'media')
    }
  })
  hls.loadSource(stream.url)
  hls.attachMedia(audio)
  return { detach: () => hls.destroy() }
}

function attachNatively(
  audio: HTMLAudioElement,
  stream: { url: string; startMs: number; onFailure: (failure: StreamFailure) => void },
): AttachedStream {
  let reloaded = false
  const place = () => {
    if (stream.startMs > 0) audio.currentTime = stream.startMs / 1000
  }
  const fail = () => {
    const code = audio.error?.code
    if (!reloaded && code === MediaError.MEDIA_ERR_NETWORK) {
      reloaded = true
      const resumeAt = audio.currentTime
      audio.addEventListener('loadedmetadata', () => (audio.currentTime = resumeAt), { once: true })
      audio.load()
      void audio.play().catch(() => {})
    } else {
      stream.onFailure(code === MediaError.MEDIA_ERR_NETWORK ? 'network' : 'media')
    }
  }
  audio.addEventListener('loadedmetadata', place, { once: true })
  audio.addEventListener('error', fail)
  audio.src = stream.url
  return {
    detach: () => {
      audio.removeEventListener('loadedmetadata', place)
      audio.removeEventListener('error', fail)
      audio.removeAttribute('src')
      audio.load()
    },
  }
}
