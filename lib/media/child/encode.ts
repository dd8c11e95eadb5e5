import path from 'node:path'
import { Demuxer, Encoder, FilterAPI, Muxer } from 'node-av/api'
import { FF_ENCODER_LIBFDK_AAC } from 'node-av/constants'
import { Dictionary, type Frame } from 'node-av/lib'
import { createTurns } from './create-turns.ts'
import { openAudio, statedDurationMs } from './open-audio.ts'
import { type ChildRendition, type ChildRequest, createProgress } from './protocol.ts'
import { channelFilter, gainFilters, runGraph } from './run-graph.ts'

// One sample rate for all renditions: switching between different rates is audible.
const SAMPLE_RATE_HZ = 44_100
const SEGMENT_SECONDS = 6

type Rung = { accept: (frame: Frame) => void; finish: () => void }

/** Encodes the requested renditions from one decode, each as one fMP4 file and its playlist. */
export async function encode(
  request: Extract<ChildRequest, { kind: 'encode' }>,
): Promise<{ encodedDurationMs: number }> {
  const audio = openAudio(request.inputFile)
  const encoders = request.renditions.map((rendition) => openRenditionEncoder(rendition, request.outputDir))
  const encodedDurationMs = await runGraph(
    audio,
    `${channelFilter(audio.source)},${gainFilters(request.gainDb, request.ceilingDb)}`,
    { maxDurationMs: request.maxDurationMs, onProgress: createProgress(statedDurationMs(audio)) },
    (frame) => {
      for (const output of encoders) output.accept(frame)
    },
  )
  for (const output of encoders) output.finish()
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

function openRenditionEncoder({ name, bitrateBps, channels }: ChildRendition, outputDir: string): Rung {
  const layout = channels === 1 ? 'mono' : 'stereo'
  const shape = FilterAPI.create(
    `aformat=sample_fmts=s16:channel_layouts=${layout}:sample_rates=${SAMPLE_RATE_HZ},asetnsamples=n=1024:p=0`,
    { threads: 1 },
  )
  const encoder = Encoder.createSync(FF_ENCODER_LIBFDK_AAC, { bitrate: bitrateBps, threadCount: 1 })
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
  const stream = muxer.addStream(encoder)

  const write = (frame: Frame | null) => {
    for (const packet of encoder.encodeAllSync(frame)) {
      muxer.writePacketSync(packet, stream)
      packet.free()
    }
  }
  const drain = () => {
    for (let out = shape.receiveSync(); out; out = shape.receiveSync()) {
      write(out)
      out.free()
    }
  }
  return {
    accept(frame) {
      shape.processSync(frame)
      drain()
    },
    finish() {
      shape.flushSync()
      drain()
      write(null)
      muxer.closeSync()
      encoder.close()
      shape.close()
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
