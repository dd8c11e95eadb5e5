import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  AV_SAMPLE_FMT_S16P,
  AVERROR_EAGAIN,
  AVERROR_ENCODER_NOT_FOUND,
  AVERROR_EOF,
  AVFMT_GLOBALHEADER,
  AVFMT_NOFILE,
  AVIO_FLAG_WRITE,
  type FFEncoderCodec,
} from 'node-av/constants'
import {
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  type Frame,
  IOContext,
  Packet,
  Rational,
} from 'node-av/lib'

const sampleFormats = { s16: AV_SAMPLE_FMT_S16, s16p: AV_SAMPLE_FMT_S16P, fltp: AV_SAMPLE_FMT_FLTP }

type Options = Record<string, string | number | boolean>

/** A file that is written, by the name of its format. */
export type Container = { path: string; format: string; options: Options; tags?: Record<string, string> }

/** How sound is encoded, and the files that get it. */
export type EncodingInput = {
  containers: Container[]
  encoder: FFEncoderCodec
  encoderOptions: Options
  bitrateBps: number
  channels: 1 | 2
  sampleRateHz: number
  sampleFormat: keyof typeof sampleFormats
  /**
   * Leaves out the frames in which the encoder only fills its delay: browsers play them, so all times would be late
   * by them.
   */
  startsAtZero: boolean
}

export type Encoding = Pick<EncodingInput, 'channels' | 'sampleFormat'> & {
  /** How many samples every frame must have; only the last may have fewer. */
  frameSamples: number
  accept: (frame: Frame) => void
  finish: () => void
}

/**
 * Opens an encoder and the files it fills. It goes below the library's own encoder and muxer, which make several objects
 * and copies for each frame: for speech they cost more than the encoding.
 */
export function openEncoding(input: EncodingInput): Encoding {
  const formats = input.containers.map(openFormat)
  const needsHeader = formats.some((format) => format.oformat?.hasFlags(AVFMT_GLOBALHEADER))
  const encoder = openEncoder(input, needsHeader)
  const streamTimes = formats.map((format) => startFormat(format, encoder))
  const packet = new Packet()
  packet.alloc()
  const write = () => {
    let time = { num: 1, den: input.sampleRateHz }
    for (const [index, format] of formats.entries()) {
      const next = streamTimes[index] ?? time
      if (next.num !== time.num || next.den !== time.den) packet.rescaleTs(time, next)
      time = next
      FFmpegError.throwIfError(format.writeFrameSync(packet), 'a packet is not written')
    }
  }
  const encode = (frame: Frame | null) => {
    FFmpegError.throwIfError(encoder.sendFrameSync(frame), `${input.encoder} refuses a frame`)
    for (;;) {
      const code = encoder.receivePacketSync(packet)
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return
      FFmpegError.throwIfError(code, `${input.encoder} fails`)
      if (!input.startsAtZero || packet.pts >= 0n) write()
      packet.unref()
    }
  }
  return {
    channels: input.channels,
    sampleFormat: input.sampleFormat,
    frameSamples: encoder.frameSize,
    accept: encode,
    finish() {
      encode(null)
      for (const format of formats) closeFormat(format)
      encoder.freeContext()
      packet.free()
    },
  }
}

function openEncoder(input: EncodingInput, needsHeader: boolean): CodecContext {
  const codec = Codec.findEncoderByName(input.encoder)
  if (!codec) throw new FFmpegError(AVERROR_ENCODER_NOT_FOUND)
  const encoder = new CodecContext()
  encoder.allocContext3(codec)
  encoder.bitRate = BigInt(input.bitrateBps)
  encoder.sampleRate = input.sampleRateHz
  encoder.sampleFormat = sampleFormats[input.sampleFormat]
  encoder.channelLayout = avChannelLayoutDefault(input.channels)
  encoder.timeBase = new Rational(1, input.sampleRateHz)
  encoder.threadCount = 1
  if (needsHeader) encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  setOptions(encoder, input.encoderOptions)
  FFmpegError.throwIfError(encoder.open2Sync(codec), `the encoder ${input.encoder}`)
  return encoder
}

function openFormat({ path, format, options, tags }: Container): FormatContext {
  const context = new FormatContext()
  FFmpegError.throwIfError(context.allocOutputContext2(null, format, path), `the format ${format}`)
  setOptions(context, options)
  if (tags) context.metadata = Dictionary.fromObject(tags)
  if (!context.oformat?.hasFlags(AVFMT_NOFILE)) {
    const io = new IOContext()
    FFmpegError.throwIfError(io.open2Sync(path, AVIO_FLAG_WRITE), `opening ${path}`)
    context.pb = io
  }
  return context
}

/** Writes the header. Returns the unit of the times that the file is written in. */
function startFormat(format: FormatContext, encoder: CodecContext): { num: number; den: number } {
  const stream = format.newStream(null)
  stream.timeBase = new Rational(1, encoder.sampleRate)
  FFmpegError.throwIfError(stream.codecpar.fromContext(encoder), 'the parameters of a stream')
  FFmpegError.throwIfError(format.writeHeaderSync(), `the header of ${format.url}`)
  const { num, den } = stream.timeBase
  return { num, den }
}

function closeFormat(format: FormatContext): void {
  FFmpegError.throwIfError(format.writeTrailerSync(), `the end of ${format.url}`)
  const { pb } = format
  format.pb = null
  pb?.closepSync()
  format.freeContext()
}

function setOptions(target: FormatContext | CodecContext, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    FFmpegError.throwIfError(target.setOption(name, value), `the option ${name}`)
  }
}
