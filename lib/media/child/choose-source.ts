import { Decoder, Demuxer, FilterAPI } from 'node-av/api'
import { AV_DISPOSITION_DEFAULT, AVDISCARD_ALL, AVMEDIA_TYPE_AUDIO } from 'node-av/constants'
import type { Frame, Stream } from 'node-av/lib'

/** A fault in the channels of a recording that is corrected in everything made from it. */
export type ChannelRepair = 'left-only' | 'right-only' | 'inverted'

/** The part of a file that is used: one stream, and its channels as they should sound. */
export type AudioSource = {
  streamIndex: number
  /** How many audio streams the file has, and which of them this is, from 1. */
  track: { number: number; of: number }
  repair: ChannelRepair | null
  /** After the repair. */
  channels: number
}

/** A choice that was made before, so that it is not made again from the sound. */
export type KnownSource = { track: number; repair: ChannelRepair | null }

type Levels = { left: number; right: number; correlation: number }

/** How much sound is enough to compare tracks and channels, and how far into the recording it is searched for. */
const SAMPLED_MS = 60_000
const SEARCHED_MS = 900_000
/** Quieter than the noise of any microphone. */
const SILENT_RMS = 10 ** (-60 / 20)
/** A channel this much quieter than the other is a cable fault or crosstalk, not a stereo picture. */
const FAINT_SHARE = 10 ** (-20 / 20)
const INVERTED_CORRELATION = -0.8

/**
 * Chooses the default audio stream, or the first stream with sound if that is silent, and detects whether one of its
 * two channels is dead or inverted. Null without an audio stream. Decodes up to a minute of sound; a recording with
 * one track of one channel, or with a known choice, is not decoded.
 */
export function chooseSource(
  inputFile: string,
  options: Record<string, string>,
  streams: readonly Stream[],
  known: KnownSource | null,
): AudioSource | null {
  const audio = streams.filter((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO)
  const chosen = known && audio[known.track - 1]
  if (chosen) return describeSource(audio, chosen, known.repair)
  const [first, ...others] = audio.toSorted((one, other) => rank(one) - rank(other))
  if (!first) return null
  const ordered = [first, ...others]
  const audible =
    others.length === 0
      ? first
      : (ordered.find((stream) => isHeard(measureLevels(inputFile, options, stream.index))) ?? first)
  const repair =
    audible.codecpar.channels === 2 ? judgeChannels(measureLevels(inputFile, options, audible.index)) : null
  return describeSource(audio, audible, repair)
}

function describeSource(audio: readonly Stream[], stream: Stream, repair: ChannelRepair | null): AudioSource {
  const isOneSided = repair === 'left-only' || repair === 'right-only'
  return {
    streamIndex: stream.index,
    track: { number: audio.indexOf(stream) + 1, of: audio.length },
    repair,
    channels: isOneSided ? 1 : stream.codecpar.channels,
  }
}

/** The fault of two channels with these levels, or null. */
export function judgeChannels(levels: Levels): ChannelRepair | null {
  const { left, right, correlation } = levels
  if (!isHeard(levels)) return null
  if (right < left * FAINT_SHARE) return 'left-only'
  if (left < right * FAINT_SHARE) return 'right-only'
  return correlation < INVERTED_CORRELATION ? 'inverted' : null
}

function rank(stream: Stream): number {
  return (stream.disposition & AV_DISPOSITION_DEFAULT) === 0 ? 1 : 0
}

function isHeard({ left, right }: Levels): boolean {
  return Math.max(left, right) > SILENT_RMS
}

/** Measures the levels of the parts of a stream that have sound. */
function measureLevels(inputFile: string, options: Record<string, string>, index: number): Levels {
  const demuxer = Demuxer.openSync(inputFile, { options })
  const sums = { left: 0, right: 0, both: 0, count: 0 }
  try {
    const stream = demuxer.streams.find((candidate) => candidate.index === index)
    if (!stream) return { left: 0, right: 0, correlation: 0 }
    for (const other of demuxer.streams) if (other.index !== index) other.discard = AVDISCARD_ALL
    sampleStream(demuxer, stream, (frame) => {
      const own = sumSamples(frame)
      if (Math.max(own.left, own.right) / Math.max(1, own.count) <= SILENT_RMS ** 2) return 0
      sums.left += own.left
      sums.right += own.right
      sums.both += own.both
      sums.count += own.count
      return (own.count / frame.sampleRate) * 1000
    })
  } finally {
    demuxer.closeSync()
  }
  const { left, right, both } = sums
  const count = Math.max(1, sums.count)
  return {
    left: Math.sqrt(left / count),
    right: Math.sqrt(right / count),
    correlation: both / Math.max(Number.MIN_VALUE, Math.sqrt(left * right)),
  }
}

/** Decodes until `add` has counted enough. `add` returns how many milliseconds of a frame it counted. */
function sampleStream(demuxer: Demuxer, stream: Stream, add: (frame: Frame) => number): void {
  const decoder = Decoder.createSync(stream, { threadCount: 1, exitOnError: false })
  const filter = FilterAPI.create('aformat=sample_fmts=flt:channel_layouts=stereo', { threads: 1 })
  let sampledMs = 0
  let searchedMs = 0
  try {
    for (const packet of demuxer.packetsSync(stream.index)) {
      const frames = decoder.decodeAllSync(packet)
      packet?.free()
      for (const frame of frames) {
        searchedMs += frame.sampleRate > 0 ? (frame.nbSamples / frame.sampleRate) * 1000 : 0
        filter.processSync(frame)
        for (let out = filter.receiveSync(); out; out = filter.receiveSync()) {
          sampledMs += add(out)
          out.free()
        }
        frame.free()
      }
      if (sampledMs >= SAMPLED_MS || searchedMs >= SEARCHED_MS) return
    }
  } finally {
    filter.close()
    decoder.close()
  }
}

function sumSamples(frame: Frame): { left: number; right: number; both: number; count: number } {
  const sums = { left: 0, right: 0, both: 0, count: 0 }
  const bytes = frame.data?.[0]
  if (!bytes) return sums
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  sums.count = Math.min(frame.nbSamples, Math.floor(bytes.byteLength / 8))
  for (let index = 0; index < sums.count; index += 1) {
    const left = view.getFloat32(index * 8, true)
    const right = view.getFloat32(index * 8 + 4, true)
    sums.left += left * left
    sums.right += right * right
    sums.both += left * right
  }
  return sums
}
