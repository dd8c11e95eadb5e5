import { Decoder, Demuxer, Encoder, FilterAPI, Muxer } from 'node-av/api'
import {
  FF_ENCODER_AAC,
  FF_ENCODER_FLAC,
  FF_ENCODER_LIBMP3LAME,
  FF_ENCODER_PCM_S16BE,
} from 'node-av/constants'

// A separate process, because node-av must never be loaded into a test runner:
//   node test/media/encode-fixture.ts in.wav out.mp3|out.m4a|out.mka|out.flac|out.aiff|out.caf [number of streams]
const [inputFile = '', outputFile = '', streamCount = '1'] = process.argv.slice(2)
// A file named `.fast.m4a` has its index before its audio.
const isFast = outputFile.endsWith('.fast.m4a')
const [codec, format] = chooseCodec(outputFile)

function chooseCodec(name: string) {
  if (name.endsWith('.mp3')) return [FF_ENCODER_LIBMP3LAME, 'fltp'] as const
  if (name.endsWith('.flac')) return [FF_ENCODER_FLAC, 's16'] as const
  if (/\.(?:aiff|caf)$/.test(name)) return [FF_ENCODER_PCM_S16BE, 's16'] as const
  return [FF_ENCODER_AAC, 'fltp'] as const
}

const demuxer = Demuxer.openSync(inputFile)
const source = demuxer.streams[0]
if (!source) throw new Error(`${inputFile} has no stream`)
const decoder = Decoder.createSync(source)
const filter = FilterAPI.create(`aformat=sample_fmts=${format}:sample_rates=44100,asetnsamples=n=1152:p=0`)
const muxer = Muxer.openSync(outputFile, isFast ? { options: { movflags: '+faststart' } } : {})
const outputs = Array.from({ length: Number(streamCount) }, () => {
  const encoder = Encoder.createSync(codec, { bitrate: 64_000 })
  return { encoder, index: muxer.addStream(encoder) }
})

for (const packet of demuxer.packetsSync(source.index)) {
  for (const decoded of decoder.decodeAllSync(packet)) {
    for (const frame of filter.processAllSync(decoded)) {
      for (const { encoder, index } of outputs) {
        for (const encoded of encoder.encodeAllSync(frame)) muxer.writePacketSync(encoded, index)
      }
    }
  }
}
for (const { encoder, index } of outputs) {
  for (const encoded of encoder.encodeAllSync(null)) muxer.writePacketSync(encoded, index)
}
muxer.closeSync()
process.exit(0)
