import type { ErrorData } from 'hls.js'
import { DirectAddresses } from './direct-addresses.ts'

/** `busy`: the server answers, but not with the recording. */
export type StreamFailure = 'network' | 'busy' | 'media' | 'unsupported'

/** A second media error within this time is reported instead of recovered. */
const RECOVER_AGAIN_AFTER_MS = 30_000

export interface AttachedStream {
  detach(): void
}

/** An iPhone plays HLS itself, and continues while the screen is off. */
const playsHlsItself = (audio: HTMLAudioElement) =>
  !('MediaSource' in window) && audio.canPlayType('application/vnd.apple.mpegurl') !== ''

const isBusy = (status = 0) => status >= 500 || status === 429

/** Fetches the streaming code before the first press of play. */
export function warmStream(): void {
  import('hls.js/light').catch(() => {
    // Without a network: the press of play reports it.
  })
}

/**
 * Connects a recording to the element, starting at `startMs`: its HLS master playlist, or the audio that is stored on
 * this device. A media error is recovered once. Every other
 * failure is reported; attaching again fetches the playlists again, which also renews signed addresses.
 */
export async function attachStream(
  audio: HTMLAudioElement,
  stream: {
    url: string
    saved: Blob | null
    startMs: number
    onFailure: (failure: StreamFailure) => void
    signal: AbortSignal
  },
): Promise<AttachedStream> {
  if (stream.saved) return attachSaved(audio, { ...stream, saved: stream.saved })
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
    xhrSetup: requestDirectly(new DirectAddresses()),
  })
  let recoveredAtMs = Number.NEGATIVE_INFINITY

  hls.on(Hls.Events.ERROR, (_event: string, data: ErrorData) => {
    if (!data.fatal) return
    if (data.type === Hls.ErrorTypes.NETWORK_ERROR) {
      stream.onFailure(isBusy(data.response?.code) ? 'busy' : 'network')
    } else if (
      data.type === Hls.ErrorTypes.MEDIA_ERROR &&
      Date.now() - recoveredAtMs > RECOVER_AGAIN_AFTER_MS
    ) {
      recoveredAtMs = Date.now()
      hls.recoverMediaError()
    } else {
      stream.onFailure('media')
    }
  })
  hls.loadSource(stream.url)
  hls.attachMedia(audio)
  return { detach: () => hls.destroy() }
}

/** Prepares each request of a stream, so that parts of a file are requested where it was found last. */
function requestDirectly(addresses: DirectAddresses): (request: XMLHttpRequest, url: string) => void {
  return (request, url) => {
    const requestedUrl = addresses.find(url, Date.now())
    const note = () => {
      const isOk = request.status >= 200 && request.status < 300
      addresses.note(url, { url: request.responseURL, isOk, requestedUrl }, Date.now())
    }
    // Not `loadend`: a request that was given up says nothing about its address.
    request.addEventListener('load', note)
    request.addEventListener('error', note)
    request.open('GET', requestedUrl, true)
  }
}

function attachSaved(
  audio: HTMLAudioElement,
  stream: { saved: Blob; startMs: number; onFailure: (failure: StreamFailure) => void },
): AttachedStream {
  const url = URL.createObjectURL(stream.saved)
  const attached = attachNatively(audio, { ...stream, url })
  return {
    detach: () => {
      attached.detach()
      URL.revokeObjectURL(url)
    },
  }
}

function attachNatively(
  audio: HTMLAudioElement,
  stream: { url: string; startMs: number; onFailure: (failure: StreamFailure) => void },
): AttachedStream {
  const place = () => {
    if (stream.startMs > 0) audio.currentTime = stream.startMs / 1000
  }
  const fail = () =>
    stream.onFailure(audio.error?.code === MediaError.MEDIA_ERR_NETWORK ? 'network' : 'media')
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
