/**
 * What plain FFmpeg does for `npm run bench -- media`, in a process of its own: loudness in two passes of `loudnorm`, and
 * the same renditions, of the same sample rate, by the native AAC encoder. It decodes, filters and encodes through the
 * same functions as the product, so that both spend the same on everything but the filters and encoders.
 *
 *   node scripts/measure/encode-plainly.ts <recording> <folder> <1 or 2 channels> <Hz> <kbit/s>x<channels>,…
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { FF_ENCODER_AAC } from 'node-av/constants'
import { z } from 'zod'
import { openEncoding } from '#lib/media/child/encoding.ts'
import { openAudio } from '#lib/media/child/open-audio.ts'
import { runGraph } from '#lib/media/child/run-graph.ts'

const TARGET = 'loudnorm=I=-16:TP=-1:LRA=11'
const statsSchema = z.object({
  input_i: z.string(),
  input_tp: z.string(),
  input_lra: z.string(),
  input_thresh: z.string(),
})

const [file = '', folder = '', channels = '1', rate = '44100', ladder = ''] = process.argv.slice(2)
const sampleRateHz = Number(rate)
const source = `aformat=channel_layouts=${layoutOf(channels)}`
const whole = { maxDurationMs: Number.MAX_SAFE_INTEGER, cut: null, onProgress: () => {} }
const measured = await measure()
const encodings = ladder.split(',').map(openOutput)
const split = encodings.map((_, output) => `[shape${output}]`).join('')
const shapes = encodings.map(
  ({ channels: own, frameSamples }, output) =>
    `[shape${output}]aformat=sample_fmts=fltp:channel_layouts=${layoutOf(String(own))},asetnsamples=n=${frameSamples}:p=0[${output}]`,
)
await runGraph(
  openAudio(file),
  [
    `${source},${TARGET}:linear=true:${measured},aformat=sample_fmts=fltp:sample_rates=${sampleRateHz}:channel_layouts=${layoutOf(channels)},asplit=${encodings.length}${split}`,
    ...shapes,
  ].join(';'),
  { ...whole, outputs: encodings.length },
  (frame, output) => encodings[output]?.accept(frame),
)
for (const encoding of encodings) encoding.finish()
process.exit(0)

/** The first pass. Its filter writes what it found when it ends. */
async function measure(): Promise<string> {
  const statsFile = path.join(folder, 'loudnorm.json')
  await runGraph(
    openAudio(file),
    `${source},${TARGET}:print_format=json:stats_file=${statsFile}`,
    whole,
    () => {},
  )
  const found = statsSchema.parse(JSON.parse(await readFile(statsFile, 'utf8')))
  return `measured_I=${found.input_i}:measured_TP=${found.input_tp}:measured_LRA=${found.input_lra}:measured_thresh=${found.input_thresh}`
}

function openOutput(rendition: string) {
  const [kilobits = '96', own = '1'] = rendition.split('x')
  return openEncoding({
    containers: [
      {
        path: path.join(folder, `plain-${kilobits}.m3u8`),
        format: 'hls',
        options: {
          hls_time: 6,
          hls_playlist_type: 'vod',
          hls_segment_type: 'fmp4',
          hls_flags: 'single_file+independent_segments',
          hls_segment_filename: path.join(folder, `plain-${kilobits}.mp4`),
        },
      },
    ],
    encoder: FF_ENCODER_AAC,
    encoderOptions: {},
    bitrateBps: Number(kilobits) * 1000,
    channels: own === '1' ? 1 : 2,
    sampleFormat: 'fltp',
    startsAtZero: false,
    sampleRateHz,
  })
}

function layoutOf(count: string): string {
  return count === '1' ? 'mono' : 'stereo'
}
