import Hls, {
  type ErrorData,
  type LevelDetails,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
} from 'hls.js/light'
import type { AttachedStream, StreamFailure, StreamSource } from './attached-stream.ts'
import { DirectAddresses } from './direct-addresses.ts'
import { isGone } from './is-gone.ts'
import { type PartRange, PartsAhead, type RequestedPart } from './parts-ahead.ts'

/** Browsers do not begin to play so close to the end of what has arrived. */
const TOO_LITTLE_TO_PLAY_SECONDS = 0.5

/** A jump that is not longer is often made again, by a key or a button. */
const REPEATED_JUMP_SECONDS = 60
/** How far the position that is shown, where a jump begins, may be behind on a busy machine. */
const SHOWN_LATE_SECONDS = 5

const isBusy = (status = 0) => status >= 500 || status === 429

export const canPlayHls = (): boolean => Hls.isSupported()

/** Connects an HLS stream to the element, and reports every failure that ends it. */
export function attachHls(audio: HTMLAudioElement, stream: StreamSource): AttachedStream {
  const addresses = new DirectAddresses()
  const ahead = new PartsAhead()
  // The buffer is bounded by time: by default 60 MB, which is hours of speech.
  const hls = new Hls({
    maxBufferSize: 0,
    maxBufferLength: 60,
    maxMaxBufferLength: 120,
    startPosition: stream.startMs / 1000,
    loader: takingFrom(ahead),
    xhrSetup: requestDirectly(addresses),
  })

  hls.on(Hls.Events.ERROR, (_event: string, data: ErrorData) => {
    // hls.js loads such audio again by itself, but leaves the element paused.
    const mustReset = data.details === Hls.ErrorDetails.MEDIA_SOURCE_REQUIRES_RESET
    if (!data.fatal && !mustReset) return
    // Later: hls.js has to finish with the error before it is detached.
    const naming =
      data.type === Hls.ErrorTypes.NETWORK_ERROR
        ? nameNetworkFailure(data.response?.code, stream)
        : Promise.resolve('media' as const)
    void naming.then(stream.onFailure)
  })
  const requestAhead = (details: LevelDetails | undefined, atSeconds: number) => {
    const parts = partsFrom(details?.fragments ?? [], atSeconds)
    ahead.request(parts, (url) => addresses.find(url, Date.now()))
  }
  const requestJump = (toSeconds: number) => {
    if (audio.readyState === 0 || isBuffered(audio, toSeconds)) return
    requestAhead(hls.levels[hls.nextLoadLevel]?.details, toSeconds)
  }
  let jumpSeconds = 0
  const requestNextJump = () => {
    const repeatedSeconds = Math.max(-REPEATED_JUMP_SECONDS, Math.min(REPEATED_JUMP_SECONDS, jumpSeconds))
    if (Math.abs(jumpSeconds - repeatedSeconds) > SHOWN_LATE_SECONDS) return
    requestJump(audio.currentTime + repeatedSeconds)
  }
  audio.addEventListener('seeked', requestNextJump)
  // hls.js notices broken audio when more arrives, which never comes to a full buffer that does not play.
  const fail = () => stream.onFailure('media')
  audio.addEventListener('error', fail)
  // The first part is requested with what describes it: browsers request the same address once at a time.
  hls.on(Hls.Events.FRAG_LOADING, (_event, { frag }) => {
    if (frag.sn !== 'initSegment' || audio.readyState > 0) return
    requestAhead(hls.levels[frag.level]?.details, stream.startMs / 1000)
  })
  hls.loadSource(stream.url)
  hls.attachMedia(audio)
  return {
    // Before the browser reports the jump, and the streaming code handles that.
    prepareJump: (toMs) => {
      // The jump began at the position that was shown, which is usually up to a quarter of a second old.
      jumpSeconds = Math.round(toMs / 1000 - audio.currentTime)
      requestJump(toMs / 1000)
    },
    detach: () => {
      audio.removeEventListener('seeked', requestNextJump)
      audio.removeEventListener('error', fail)
      ahead.drop()
      hls.destroy()
    },
  }
}

/** A part that is missing may come back; without its playlist there is nothing to wait for. */
async function nameNetworkFailure(status: number | undefined, { url }: StreamSource): Promise<StreamFailure> {
  if (isBusy(status)) return 'busy'
  return status === 404 && (await isGone(url)) ? 'gone' : 'network'
}

/** The parts that are needed to play from `atSeconds`: in the last moments of a part, the next one too. */
function partsFrom(fragments: LevelDetails['fragments'], atSeconds: number): PartRange[] {
  const index = fragments.findIndex(({ end }) => end > atSeconds)
  const leftSeconds = (fragments[index]?.end ?? 0) - atSeconds
  return (
    index === -1 ? [] : fragments.slice(index, index + (leftSeconds > TOO_LITTLE_TO_PLAY_SECONDS ? 1 : 2))
  ).map(({ url, byteRangeStartOffset, byteRangeEndOffset }) => ({
    url,
    rangeStart: byteRangeStartOffset,
    rangeEnd: byteRangeEndOffset,
  }))
}

function isBuffered({ buffered }: HTMLAudioElement, atSeconds: number): boolean {
  return Array.from({ length: buffered.length }, (_, index) => index).some(
    (index) => buffered.start(index) <= atSeconds && atSeconds < buffered.end(index),
  )
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

/** A loader that uses what was requested ahead, and requests everything else. */
function takingFrom(ahead: PartsAhead) {
  return class extends Hls.DefaultConfig.loader {
    /** What to call when the wait for a part that was requested ahead is given up. */
    #waiting: { requested: RequestedPart; onAbort: () => void } | null = null

    override load(
      context: LoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      const requested = ahead.take(context)
      if (!requested) {
        super.load(context, config, callbacks)
        return
      }
      this.context = context
      const waiting = { requested, onAbort: () => callbacks.onAbort?.(this.stats, context, null) }
      this.#waiting = waiting
      const finish = (act: () => void) => {
        if (this.#waiting !== waiting) return
        this.#waiting = null
        act()
      }
      requested.body.then(
        (data) =>
          finish(() => {
            this.#describe(requested, data)
            callbacks.onSuccess({ url: context.url, data, code: 206 }, this.stats, context, null)
          }),
        () => finish(() => super.load(context, config, callbacks)),
      )
    }

    override abort(): void {
      const waiting = this.#waiting
      if (!waiting) {
        super.abort()
        return
      }
      this.#waiting = null
      waiting.requested.aborting.abort()
      this.stats.aborted = true
      waiting.onAbort()
    }

    override destroy(): void {
      this.#waiting?.requested.aborting.abort()
      this.#waiting = null
      super.destroy()
    }

    /** What the choice of the rendition measures. */
    #describe({ sentMs }: RequestedPart, { byteLength }: ArrayBuffer): void {
      const { stats } = this
      stats.loading = { start: sentMs, first: sentMs, end: performance.now() }
      stats.loaded = byteLength
      stats.total = byteLength
    }
  }
}
