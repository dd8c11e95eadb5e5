import { AppError } from '#lib/errors.ts'

/** A range of bytes in the media file of the rendition. */
export type ByteRange = { offset: number; sizeBytes: number }

export type HlsSegment = ByteRange & { durationSeconds: number }

/** A single-file fMP4 media playlist, as data. JSON-safe: store it, and render it with an address. */
export type MediaPlaylist = {
  targetDurationSeconds: number
  init: ByteRange
  segments: HlsSegment[]
}

/** A rendition as the master playlist describes it. Bit rates count segment bytes alone. */
export type PlaylistRendition = { name: string; bandwidthBps: number; averageBandwidthBps: number }

const CODECS = 'mp4a.40.2'
// The last segment may be too short for its bit rate to be meaningful.
const SHORTEST_RATED_SECONDS = 1

/**
 * Parses what ffmpeg's HLS muxer writes with `single_file`. Throws AppError `internal`
 * (media.playlist_unreadable).
 */
export function parseMediaPlaylist(text: string): MediaPlaylist {
  let targetDurationSeconds: number | null = null
  let init: ByteRange | null = null
  let durationSeconds: number | null = null
  let range: ByteRange | null = null
  let ended = false
  const segments: HlsSegment[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#EXT-X-TARGETDURATION:')) targetDurationSeconds = Number(line.slice(22))
    else if (line.startsWith('#EXT-X-MAP:')) init = parseRange(/BYTERANGE="([^"]+)"/.exec(line)?.[1])
    else if (line.startsWith('#EXTINF:')) durationSeconds = Number.parseFloat(line.slice(8))
    else if (line.startsWith('#EXT-X-BYTERANGE:')) range = parseRange(line.slice(17))
    else if (line === '#EXT-X-ENDLIST') ended = true
    else if (line !== '' && !line.startsWith('#')) {
      if (durationSeconds === null || !Number.isFinite(durationSeconds) || !range)
        throw unreadable('a segment without duration or range')
      segments.push({ ...range, durationSeconds })
      durationSeconds = null
      range = null
    }
  }
  if (!text.startsWith('#EXTM3U') || !ended) throw unreadable('not a finished playlist')
  if (!init || targetDurationSeconds === null || !(targetDurationSeconds > 0) || segments.length === 0) {
    throw unreadable('no map, target duration or segments')
  }
  return { targetDurationSeconds, init, segments }
}

/** Peak and average segment bit rates, rounded up, for BANDWIDTH and AVERAGE-BANDWIDTH. */
export function measureBandwidth(playlist: MediaPlaylist): {
  bandwidthBps: number
  averageBandwidthBps: number
} {
  let bytes = 0
  let seconds = 0
  let peak = 0
  for (const segment of playlist.segments) {
    bytes += segment.sizeBytes
    seconds += segment.durationSeconds
    if (segment.durationSeconds > SHORTEST_RATED_SECONDS) {
      peak = Math.max(peak, (segment.sizeBytes * 8) / segment.durationSeconds)
    }
  }
  const average = Math.ceil(seconds > 0 ? (bytes * 8) / seconds : 0)
  return { bandwidthBps: Math.max(Math.ceil(peak), average), averageBandwidthBps: average }
}

/** The duration of the playlist in ms. */
export function playlistDurationMs(playlist: MediaPlaylist): number {
  return Math.round(playlist.segments.reduce((sum, segment) => sum + segment.durationSeconds, 0) * 1000)
}

/**
 * Renders a media playlist with `mediaUrl`, which may be relative, as the address of its map and all segments.
 */
export function renderMediaPlaylist(playlist: MediaPlaylist, mediaUrl: string): string {
  const url = safeUrl(mediaUrl)
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${playlist.targetDurationSeconds}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXT-X-MAP:URI="${url}",BYTERANGE="${playlist.init.sizeBytes}@${playlist.init.offset}"`,
  ]
  for (const segment of playlist.segments) {
    lines.push(
      `#EXTINF:${segment.durationSeconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${segment.sizeBytes}@${segment.offset}`,
      url,
    )
  }
  return `${lines.join('\n')}\n#EXT-X-ENDLIST\n`
}

/** Renders the master playlist in the given order (players start with the first rendition). */
export function renderMasterPlaylist(
  renditions: readonly PlaylistRendition[],
  urlFor: (name: string) => string,
): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS']
  for (const { name, bandwidthBps, averageBandwidthBps } of renditions) {
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidthBps},AVERAGE-BANDWIDTH=${averageBandwidthBps},CODECS="${CODECS}"`,
      safeUrl(urlFor(name)),
    )
  }
  return `${lines.join('\n')}\n`
}

/** 96k first, then the others from low to high: players that do not measure bandwidth start with the middle. */
export function orderRenditions<T extends { name: string; bitrateBps: number }>(
  renditions: readonly T[],
  first: string,
): T[] {
  return renditions.toSorted(
    (a, b) => Number(b.name === first) - Number(a.name === first) || a.bitrateBps - b.bitrateBps,
  )
}

function parseRange(text: string | undefined): ByteRange {
  const match = /^(\d+)@(\d+)$/.exec(text ?? '')
  if (!match) throw unreadable(`byte range "${text}"`)
  return { sizeBytes: Number(match[1]), offset: Number(match[2]) }
}

function safeUrl(url: string): string {
  // A quote or line break in an address could add lines to the playlist.
  return url.replace(/["\r\n]/g, encodeURIComponent)
}

function unreadable(detail: string): AppError {
  return new AppError(
    'internal',
    'The playlist of the prepared audio cannot be read. Please prepare it again.',
    {
      reason: 'media.playlist_unreadable',
      cause: new Error(detail),
    },
  )
}
