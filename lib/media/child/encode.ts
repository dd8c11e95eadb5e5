import path from 'node:path'
import { FF_ENCODER_LIBFDK_AAC, FF_ENCODER_LIBMP3LAME } from 'node-av/constants'
import { type Container, type Encoding, openEncoding } from './encoding.ts'
import { openAudio, statedDurationMs } from './open-audio.ts'
import { gainAt } from './plan-levelling.ts'
import { type ChildPodcast, type ChildRendition, type ChildRequest, createProgress } from './protocol.ts'
import { channelFilter, gainFilters, LEVELLING_FILTER, runGraph } from './run-graph.ts'

const SEGMENT_SECONDS = 6

// LAME's fast mode: at these bit rates it costs half of the default.
const LAME_QUALITY = 7

type EncodeRequest = Extract<ChildRequest, { kind: 'encode' }>

/**
 * Encodes everything that is made of a recording from one decode: the requested renditions, each as one fMP4 file and
 * its playlist, the download and the podcast file.
 */
export async function encode(request: EncodeRequest): Promise<{ encodedDurationMs: number }> {
  const audio = openAudio(request.inputFile, request.source)
  const { levelling, podcast } = request
  const encodings = request.renditions.map((rendition) => openRendition(rendition, request))
  if (podcast) encodings.push(openPodcast(podcast, request))
  const split = splitFor(encodings)
  const encodedDurationMs = await runGraph(
    audio,
    [
      channelFilter(audio.source),
      ...(levelling ? [LEVELLING_FILTER] : []),
      `aresample=${request.sampleRateHz}`,
      gainFilters(request.gainDb, request.ceilingDb),
      // Without it the filters would agree on the form of one encoder for all of them.
      `aformat=sample_fmts=s16:channel_layouts=${layoutOf(audio.source.channels)}`,
      split.description,
    ].join(','),
    {
      maxDurationMs: request.maxDurationMs,
      cut: request.cut,
      onProgress: createProgress(request.cut?.endMs ?? statedDurationMs(audio)),
      outputs: split.outputs,
      ...(levelling ? { gainDbAt: (ms: number) => gainAt(levelling, ms) } : {}),
    },
    (frame, output) => {
      for (const [index, encoding] of encodings.entries())
        if (split.outputOf[index] === output) encoding.accept(frame)
    },
  )
  for (const encoding of encodings) encoding.finish()
  audio.demuxer.closeSync()
  return { encodedDurationMs: Math.round(encodedDurationMs) }
}

const layoutOf = (channels: number) => (channels === 1 ? 'mono' : 'stereo')

/**
 * Filters that bring the sound into the form of each encoder, once for those with the same form; `outputOf` says which
 * output each of them takes.
 */
function splitFor(encodings: readonly Encoding[]): {
  description: string
  outputs: number
  outputOf: number[]
} {
  const shapes = encodings.map(
    ({ sampleFormat, channels, frameSamples }) =>
      `aformat=sample_fmts=${sampleFormat}:channel_layouts=${layoutOf(channels)},asetnsamples=n=${frameSamples}:p=0`,
  )
  const different = [...new Set(shapes)]
  const chains = different.map((shape, output) => `[shape${output}]${shape}[${output}]`)
  const labels = different.map((_, output) => `[shape${output}]`).join('')
  return {
    description: [`asplit=${different.length}${labels}`, ...chains].join(';'),
    outputs: different.length,
    outputOf: shapes.map((shape) => different.indexOf(shape)),
  }
}

/** A rendition, and the download if it is made of this one: the same packets, with the index first. */
function openRendition(
  { name, bitrateBps, channels }: ChildRendition,
  { outputDir, sampleRateHz, download }: EncodeRequest,
): Encoding {
  const playlist: Container = {
    path: path.join(outputDir, `${name}.m3u8`),
    format: 'hls',
    options: {
      hls_time: SEGMENT_SECONDS,
      hls_playlist_type: 'vod',
      hls_segment_type: 'fmp4',
      hls_flags: 'single_file+independent_segments',
      hls_segment_filename: path.join(outputDir, `${name}.mp4`),
    },
  }
  const containers = [playlist]
  if (download?.rendition === name) {
    containers.push({
      path: path.join(outputDir, download.fileName),
      format: 'ipod',
      options: { movflags: '+faststart' },
      tags: download.tags,
    })
  }
  return openEncoding({
    containers,
    encoder: FF_ENCODER_LIBFDK_AAC,
    // A second analysis of every frame: a third to a half of the cost, for a difference that needs music to be heard.
    encoderOptions: { afterburner: 0 },
    sampleFormat: 's16',
    startsAtZero: true,
    ...{ bitrateBps, channels, sampleRateHz },
  })
}

/** Bare frames of a constant bit rate after the frame that names the encoder's delay; tags are written before them. */
function openPodcast(
  { bitrateBps, channels, fileName }: ChildPodcast,
  { outputDir, sampleRateHz }: EncodeRequest,
): Encoding {
  return openEncoding({
    containers: [
      {
        path: path.join(outputDir, fileName),
        format: 'mp3',
        options: { id3v2_version: 0, write_xing: true },
      },
    ],
    encoder: FF_ENCODER_LIBMP3LAME,
    encoderOptions: { compression_level: LAME_QUALITY },
    sampleFormat: 's16p',
    startsAtZero: false,
    ...{ bitrateBps, channels, sampleRateHz },
  })
}
