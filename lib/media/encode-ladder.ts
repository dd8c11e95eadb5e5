import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import {
  chooseLadder,
  choosePodcast,
  chooseSampleRateHz,
  DEFAULT_RENDITION,
  type Rendition,
} from './hls-ladder.ts'
import {
  type MediaPlaylist,
  measureBandwidth,
  orderRenditions,
  parseMediaPlaylist,
  playlistDurationMs,
} from './hls-playlist.ts'
import { type KnownProbe, knownSource } from './known-source.ts'
import { mediaFailure } from './media-failures.ts'
import { childTimeoutMs, mediaLimits } from './media-limits.ts'
import type { RecordingCut } from './recording-cut.ts'
import { runMediaChild } from './run-media-child.ts'

export type EncodedRendition = Rendition & {
  /** Highest and average segment bit rates, for the master playlist. */
  bandwidthBps: number
  averageBandwidthBps: number
  /** Absolute paths inside `outputDir`: `<name>.mp4` and the muxer's own `<name>.m3u8`. */
  mediaFile: string
  playlistFile: string
  sizeBytes: number
  durationMs: number
  /** How many segments the playlist has. */
  segments: number
  playlist: MediaPlaylist
}

export type EncodedLadder = {
  /** In the order of the master playlist: 96k first. */
  renditions: EncodedRendition[]
  /** An .m4a of the default rendition for downloads and podcasts. */
  downloadFile: string
  downloadSizeBytes: number
  /** An MP3 without tags. */
  podcastFile: string
}

const DOWNLOAD_NAME = 'download.m4a'
const PODCAST_NAME = 'podcast.mp3'
// The encoder adds its delay and fills the last frame; a larger difference means that audio was lost.
const DURATION_SLACK_MS = 500

/**
 * Encodes the ladder of a probed file as single-file fMP4 HLS (6-second byte ranges), and an MP3, with one gain for all
 * of them. Files are made in `outputDir`, which is created, and are overwritten on a rerun.
 * `gainDb`, `ceilingDb` and `levelling` come from `levelLoudness`.
 * Throws AppError `unprocessable` with a `media.*` reason; the files written until then are unusable.
 */
export async function encodeLadder(input: {
  filePath: string
  outputDir: string
  gainDb: number
  ceilingDb: number | null
  levelling: readonly number[] | null
  probe: KnownProbe & { channels: number; sampleRateHz: number }
  /** Only this part is encoded, from its first sample on. */
  cut?: RecordingCut | null
  /** Of what is encoded. */
  durationMs: number
  /** Tags for the download, e.g. title, artist, album, date. */
  tags?: Record<string, string>
  signal?: AbortSignal
  onProgress?: (share: number) => void
}): Promise<EncodedLadder> {
  await mkdir(input.outputDir, { recursive: true })
  const ladder = chooseLadder(input.probe)
  const { signal } = input
  await runMediaChild({
    filePath: input.filePath,
    request: {
      kind: 'encode',
      maxDurationMs: mediaLimits.maxDurationMs,
      source: knownSource(input.probe),
      cut: input.cut ?? null,
      outputDir: path.resolve(input.outputDir),
      sampleRateHz: chooseSampleRateHz(input.probe),
      gainDb: input.gainDb,
      ceilingDb: input.ceilingDb,
      levelling: input.levelling && [...input.levelling],
      renditions: ladder,
      podcast: { ...choosePodcast(input.probe), fileName: PODCAST_NAME },
      download: { rendition: DEFAULT_RENDITION, fileName: DOWNLOAD_NAME, tags: input.tags ?? {} },
    },
    result: z.object({ encodedDurationMs: z.number().positive() }),
    timeoutMs: childTimeoutMs(input.durationMs),
    signal,
    onProgress: input.onProgress,
  })
  input.onProgress?.(1)

  const renditions = await Promise.all(ladder.map((rendition) => readRendition(rendition, input.outputDir)))
  for (const { name, durationMs } of renditions) {
    if (Math.abs(durationMs - input.durationMs) > DURATION_SLACK_MS + input.durationMs * 0.02) {
      throw mediaFailure(
        'media.damaged',
        new Error(`${name}: ${durationMs} ms made of ${input.durationMs} ms`),
      )
    }
  }
  const downloadFile = path.join(input.outputDir, DOWNLOAD_NAME)
  return {
    renditions: orderRenditions(renditions, DEFAULT_RENDITION),
    downloadFile,
    downloadSizeBytes: (await stat(downloadFile)).size,
    podcastFile: path.join(input.outputDir, PODCAST_NAME),
  }
}

async function readRendition(rendition: Rendition, outputDir: string): Promise<EncodedRendition> {
  const mediaFile = path.join(outputDir, `${rendition.name}.mp4`)
  const playlistFile = path.join(outputDir, `${rendition.name}.m3u8`)
  const playlist = parseMediaPlaylist(await readFile(playlistFile, 'utf8'))
  return {
    ...rendition,
    ...measureBandwidth(playlist),
    mediaFile,
    playlistFile,
    sizeBytes: (await stat(mediaFile)).size,
    durationMs: playlistDurationMs(playlist),
    segments: playlist.segments.length,
    playlist,
  }
}
