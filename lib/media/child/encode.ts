import path from 'node:path'
import { Demuxer, Encoder, FilterAPI, Muxer } from 'node-av/api'
import { FF_ENCODER_LIBFDK_AAC, FF_ENCODER_LIBMP3LAME } from 'node-av/constants'
import { Dictionary, type Frame } from 'node-av/lib'
import { createTurns } from './create-turns.ts'
import { openAudio, statedDurationMs } from './open-audio.ts'
import { gainAt } from './plan-levelling.ts'
import { type ChildPodcast, type ChildRendition, type ChildRequest, createProgress } from './protocol.ts'
import { channelFilter, gainFilters, LEVELLING_FILTER, runGraph } from './run-graph.ts'

const SEGMENT_SECONDS = 6

const AAC_FRAME_SAMPLES = 1024
const MP3_FRAME_SAMPLES = 1152
// LAME's fast mode: at these bit rates it costs half of the default.
const LAME_QUALITY = 7

type Output = { accept: (frame: Frame) => void; finish: () => void }

/**
 * Encodes everything that is made of a recording from one decode: the requested renditions, each as one fMP4 file and
 * its playlist, the download and the podcast file.
 */
export async function encode(
  request: Extract<ChildRequest, { kind: 'encode' }>,
): Promise<{ encodedDurationMs: number }> {
  const audio = openAudio(request.inputFile, request.source)
  const sourceChannels = audio.source.channels === 1 ? 1 : 2
  const outputs = request.renditions.map((rendition) =>
    openRendition(rendition, sourceChannels, request.outputDir),
  )
  if (request.podcast) outputs.push(openPodcast(request.podcast, request.outputDir))
  const { levelling } = request
  const encodedDurationMs = await runGraph(
    audio,
    [
      channelFilter(audio.source),
      ...(levelling ? [LEVELLING_FILTER] : []),
      `aresample=${request.sampleRateHz}`,
      gainFilters(request.gainDb, request.ceilingDb),
      `aformat=sample_fmts=s16,asetnsamples=n=${AAC_FRAME_SAMPLES}:p=0`,
    ].join(','),
    {
      maxDurationMs: request.maxDurationMs,
      cut: request.cut,
      onProgress: createProgress(request.cut?.endMs ?? statedDurationMs(audio)),
      ...(levelling ? { gainDbAt: (ms: number) => gainAt(levelling, ms) } : {}),
    },
    (frame) => {
      for (const output of outputs) output.accept(frame)
    },
  )
  for (const output of outputs) output.finish()
  audio.demuxer.closeSync()
  if (request.download) {
    const { rendition, fileName, tags } = request.download
    await remuxForDownload(
      path.join(request.outputDir, `${rendition}.mp4`),
      path.join(request.outputDir, fileName),
      tags,
    )
  }
  return { encodedDurationMs: Math.round(encodedDurationMs) }
}

function openRendition(
  { name, bitrateBps, channels }: ChildRendition,
  sourceChannels: 1 | 2,
  outputDir: string,
): Output {
  const encoder = Encoder.createSync(FF_ENCODER_LIBFDK_AAC, {
    bitrate: bitrateBps,
    threadCount: 1,
    // A second analysis of every frame: a third to a half of the cost, for a difference that needs music to be heard.
    options: { afterburner: 0 },
  })
  const muxer = Muxer.openSync(path.join(outputDir, `${name}.m3u8`), {
    format: 'hls',
    options: {
      hls_time: SEGMENT_SECONDS,
      hls_playlist_type: 'vod',
      hls_segment_type: 'fmp4',
      hls_flags: 'single_file+independent_segments',
      hls_segment_filename: path.join(outputDir, `${name}.mp4`),
    },
  })
  return writeOutput({
    encoder,
    muxer,
    shape: channels === sourceChannels ? null : `aformat=channel_layouts=${layoutOf(channels)}`,
    startsAtZero: true,
  })
}

/** Bare frames of a constant bit rate after the frame that names the encoder's delay; tags are written before them. */
function openPodcast({ bitrateBps, channels, fileName }: ChildPodcast, outputDir: string): Output {
  const encoder = Encoder.createSync(FF_ENCODER_LIBMP3LAME, {
    bitrate: bitrateBps,
    threadCount: 1,
    options: { compression_level: LAME_QUALITY },
  })
  const muxer = Muxer.openSync(path.join(outputDir, fileName), {
    format: 'mp3',
    options: { id3v2_version: 0, write_xing: true },
  })
  const shape = `aformat=sample_fmts=s16p:channel_layouts=${layoutOf(channels)},asetnsamples=n=${MP3_FRAME_SAMPLES}:p=0`
  return writeOutput({ encoder, muxer, shape, startsAtZero: false })
}

const layoutOf = (channels: 1 | 2) => (channels === 1 ? 'mono' : 'stereo')

/**
 * Encodes each frame, after the filter `shape` if there is one, into the file. With `startsAtZero` the frames in which
 * the encoder only fills its delay are left out: browsers play them, so all times would be late by them.
 */
function writeOutput({
  encoder,
  muxer,
  shape,
  startsAtZero,
}: {
  encoder: Encoder
  muxer: Muxer
  shape: string | null
  startsAtZero: boolean
}): Output {
  const stream = muxer.addStream(encoder)
  const filter = shape === null ? null : FilterAPI.create(shape, { threads: 1 })
  const write = (frame: Frame | null) => {
    for (const packet of encoder.encodeAllSync(frame)) {
      if (!startsAtZero || packet.pts >= 0n) muxer.writePacketSync(packet, stream)
      packet.free()
    }
  }
  const drain = () => {
    for (let out = filter?.receiveSync(); out; out = filter?.receiveSync()) {
      write(out)
      out.free()
    }
  }
  return {
    accept(frame) {
      if (!filter) return write(frame)
      filter.processSync(frame)
      drain()
    },
    finish() {
      filter?.flushSync()
      drain()
      write(null)
      muxer.closeSync()
      encoder.close()
      filter?.close()
    },
  }
}

/** Copies a rendition to an .m4a file with its index first, so that it plays before it is fully downloaded. */
async function remuxForDownload(from: string, to: string, tags: Record<string, string>): Promise<void> {
  const demuxer = Demuxer.openSync(from, { options: { protocol_whitelist: 'file', format_whitelist: 'mov' } })
  const source = demuxer.streams[0]
  if (!source) throw new Error(`${from} has no stream`)
  const muxer = Muxer.openSync(to, {
    format: 'ipod',
    options: { movflags: '+faststart' },
    context: { metadata: Dictionary.fromObject(tags) },
  })
  const stream = muxer.addStream(source)
  const turn = createTurns()
  for (const packet of demuxer.packetsSync(source.index)) {
    if (!packet) break
    muxer.writePacketSync(packet, stream)
    packet.free()
    await turn()
  }
  muxer.closeSync()
  demuxer.closeSync()
}
