import type { AttachedStream, StreamSource } from './attached-stream.ts'

/** An iPhone plays HLS itself, and continues while the screen is off. */
const playsHlsItself = (audio: HTMLAudioElement) =>
  !('MediaSource' in window) && audio.canPlayType('application/vnd.apple.mpegurl') !== ''

/** Fetches the streaming code and the playlist at `url` before the press of play. */
export function warmStream(url?: string): void {
  // Without a network, the press of play reports it.
  import('./attach-hls.ts').catch(() => {})
  if (url) fetch(url).catch(() => {})
}

/**
 * Connects a recording to the element, starting at `startMs`: its HLS master playlist, or the audio that is stored on
 * this device. What cannot be recovered is reported; attaching again fetches the playlists again, which also renews
 * signed addresses.
 */
export async function attachStream(
  audio: HTMLAudioElement,
  stream: StreamSource & { saved: Blob | null; signal: AbortSignal },
): Promise<AttachedStream> {
  if (stream.saved) return attachSaved(audio, { ...stream, saved: stream.saved })
  if (playsHlsItself(audio)) return attachNatively(audio, stream)
  // Arrives while the code does, and is in the cache of the browser when that asks for it.
  fetch(stream.url).catch(() => {})
  const { attachHls, canPlayHls } = await import('./attach-hls.ts')
  if (stream.signal.aborted) return { detach: () => {} }
  if (canPlayHls()) return attachHls(audio, stream)
  if (audio.canPlayType('application/vnd.apple.mpegurl') !== '') return attachNatively(audio, stream)
  stream.onFailure('unsupported')
  return { detach: () => {} }
}

function attachSaved(
  audio: HTMLAudioElement,
  stream: Omit<StreamSource, 'url'> & { saved: Blob },
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

function attachNatively(audio: HTMLAudioElement, stream: StreamSource): AttachedStream {
  const place = () => {
    if (stream.startMs > 0) audio.currentTime = stream.startMs / 1000
  }
  // The element does not say what the server answered.
  const fail = async () => {
    const failure = audio.error?.code === MediaError.MEDIA_ERR_NETWORK ? 'network' : 'media'
    const gone = await import('./is-gone.ts').then(({ isGone }) => isGone(stream.url)).catch(() => false)
    stream.onFailure(gone ? 'gone' : failure)
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
