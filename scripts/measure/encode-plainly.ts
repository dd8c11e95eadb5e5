/**
 * What plain FFmpeg does for `npm run bench -- media`, in a process of its own: loudness in two passes of `loudnorm`, and
 * the same renditions by the native AAC encoder.
 *
 *   node scripts/measure/encode-plainly.ts <recording> <folder> <1 or 2 channels> <kbit/s>x<channels>,…
 */
import path from 'node:path'
import { Decoder, Demuxer, Encoder, FilterAPI, Muxer } from 'node-av/api'
import { FF_ENCODER_AAC } from 'node-av/constants'
import type { Frame } from 'node-av/lib'

const FRAME_SAMPLES = 1024
const SAMPLE_RATE_HZ = 44_100
const TARGET = 'loudnorm=I=-16:TP=-1:LRA=11'

const [file = '', folder = '', channels = '1', ladder = ''] = process.argv.slice(2)
const source = `aformat=channel_layouts=${layoutOf(channels)}`
const measured = await measure()
const outputs = ladder.split(',').map(openOutput)
await readFrames(
  `${source},${TARGET}:linear=true:${measured},aformat=sample_fmts=fltp:sample_rates=${SAMPLE_RATE_HZ},asetnsamples=n=${FRAME_SAMPLES}:p=0`,
  (frame) => {
    for (const output of outputs) output.accept(frame)
  },
)
for (const output of outputs) output.finish()
process.exit(0)

/** The first pass. Its filter prints what it found only to the log, so `ebur128` reads the same values beside it. */
async function measure(): Promise<string> {
  let last: Frame | null = null
  await readFrames(`${source},ebur128=peak=true:framelog=quiet:metadata=1,${TARGET}`, (frame) => {
    last?.free()
    last = frame.clone()
  })
  const found = (last as Frame | null)?.getMetadata().getAll() ?? {}
  const lufs = Number(found['lavfi.r128.I'] ?? -30)
  const peak = 20 * Math.log10(Number(found['lavfi.r128.true_peaks_ch0'] ?? 0.1))
  const range = Number(found['lavfi.r128.LRA'] ?? 7)
  return `measured_I=${lufs}:measured_TP=${peak.toFixed(2)}:measured_LRA=${range}:measured_thresh=${lufs - 10}`
}

function openOutput(rendition: string) {
  const [kilobits = '96', own = '1'] = rendition.split('x')
  const encoder = Encoder.createSync(FF_ENCODER_AAC, { bitrate: Number(kilobits) * 1000, threadCount: 1 })
  const muxer = Muxer.openSync(path.join(folder, `plain-${kilobits}.m3u8`), {
    format: 'hls',
    options: {
      hls_time: 6,
      hls_playlist_type: 'vod',
      hls_segment_type: 'fmp4',
      hls_flags: 'single_file+independent_segments',
      hls_segment_filename: path.join(folder, `plain-${kilobits}.mp4`),
    },
  })
  const stream = muxer.addStream(encoder)
  const mix = own === channels ? null : FilterAPI.create(`aformat=channel_layouts=${layoutOf(own)}`)
  const write = (frame: Frame | null) => {
    for (const packet of encoder.encodeAllSync(frame)) {
      muxer.writePacketSync(packet, stream)
      packet.free()
    }
  }
  return {
    accept(frame: Frame) {
      if (!mix) return write(frame)
      for (const mixed of mix.processAllSync(frame)) {
        write(mixed)
        mixed.free()
      }
    },
    finish() {
      write(null)
      muxer.closeSync()
    },
  }
}

async function readFrames(description: string, use: (frame: Frame) => void): Promise<void> {
  const demuxer = Demuxer.openSync(file)
  const stream = demuxer.streams.find(({ codecpar }) => codecpar.sampleRate > 0)
  if (!stream) throw new Error(`${file} has no sound`)
  const decoder = Decoder.createSync(stream, { threadCount: 1 })
  const filter = FilterAPI.create(description, { threads: 1 })
  const drain = () => {
    for (let out = filter.receiveSync(); out; out = filter.receiveSync()) {
      use(out)
      out.free()
    }
  }
  let packets = 0
  for (const packet of demuxer.packetsSync(stream.index)) {
    for (const frame of decoder.decodeAllSync(packet)) {
      filter.processSync(frame)
      drain()
      frame.free()
    }
    packet?.free()
    packets += 1
    // Freed memory is returned between turns of the event loop.
    if (packets % 256 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  filter.flushSync()
  drain()
  demuxer.closeSync()
}

function layoutOf(count: string): string {
  return count === '1' ? 'mono' : 'stereo'
}
