import { Decoder, Demuxer } from 'node-av/api'
import { AV_FRAME_FLAG_CORRUPT, AVDISCARD_ALL } from 'node-av/constants'
import { Frame, Packet, type Stream } from 'node-av/lib'
import { type AudioSource, chooseSource, type KnownSource } from './choose-source.ts'
import { hasUnlistedSound } from './has-unlisted-sound.ts'
import { ChildFailure } from './protocol.ts'
import { readHead, reasonForUnopenable } from './read-head.ts'

// `mov` covers m4a and mp4. Everything that can name another file or address (playlists, concat lists,
// manifests) is left out, so that an upload cannot read our disk or open a connection.
const INPUT_OPTIONS = {
  protocol_whitelist: 'file',
  format_whitelist: 'mp3,wav,w64,aiff,caf,mov,flac,ogg,aac,amr,asf,matroska,avi,mpegts,wv',
}

export const MAX_STREAMS = 8
/** A packet with a longer stated duration is followed by a gap: MP4 gives it the time until the next packet. */
const LONGEST_PACKET_MS = 2500

/** The stated duration of a packet in ms; 0 if it is not credible. */
export function packetMs(duration: number | bigint, msPerTick: number): number {
  const ms = Number(duration) * msPerTick
  return ms > 0 && ms <= LONGEST_PACKET_MS ? ms : 0
}

export type OpenAudio = { demuxer: Demuxer; stream: Stream; source: AudioSource }

/**
 * Opens a local file and picks the audio stream to use, the `known` one if it is given.
 * Throws ChildFailure: media.not_audio, media.truncated, media.playlist, media.too_many_streams, media.no_audio.
 */
export function openAudio(inputFile: string, known: KnownSource | null = null): OpenAudio {
  const options = hasUnlistedSound(inputFile) ? { ...INPUT_OPTIONS, ignore_length: '1' } : INPUT_OPTIONS
  let demuxer: Demuxer
  try {
    demuxer = Demuxer.openSync(inputFile, { options })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new ChildFailure(reasonForUnopenable(readHead(inputFile)), detail, { cause })
  }
  const { streams } = demuxer
  if (streams.length > MAX_STREAMS) {
    demuxer.closeSync()
    throw new ChildFailure('media.too_many_streams', `${streams.length} streams`)
  }
  const source = chooseSource(inputFile, options, streams, known)
  const stream = streams.find((candidate) => candidate.index === source?.streamIndex)
  if (!source || !stream) {
    demuxer.closeSync()
    throw new ChildFailure('media.no_audio', `${streams.length} streams, none of them audio`)
  }
  for (const other of streams) if (other.index !== stream.index) other.discard = AVDISCARD_ALL
  return { demuxer, stream, source }
}

/** A decoder that continues after a broken packet: by default one broken packet would end the whole recording. */
export function openDecoder(stream: Stream): Decoder {
  return Decoder.createSync(stream, { threadCount: 1, exitOnError: false })
}

/**
 * A decoded frame, how much audio has been decoded up to its end, and how much the packets so far should
 * contain.
 */
export type DecodedFrame = { frame: Frame; decodedMs: number; promisedMs: number }

/**
 * Decodes the stream frame by frame, stopping at `maxDurationMs` whatever duration the file states.
 * Broken packets are skipped. All frames are read into the same object, which is emptied when the next one is requested.
 */
export function* decodeFrames(
  { demuxer, stream }: OpenAudio,
  maxDurationMs: number,
): Generator<DecodedFrame> {
  const decoder = openDecoder(stream)
  const context = decoder.getCodecContext()
  const format = demuxer.getFormatContext()
  if (!context || !format) throw new Error('the recording is closed')
  const packet = new Packet()
  const frame = new Frame()
  packet.alloc()
  frame.alloc()
  const streamIndex = stream.index
  const msPerTick = (stream.timeBase.num / stream.timeBase.den) * 1000
  let decodedMs = 0
  let promisedMs = 0
  let ended = false
  try {
    while (!ended) {
      packet.unref()
      ended = format.readFrameSync(packet) < 0
      if (ended) context.sendPacketSync(null)
      else if (packet.streamIndex === streamIndex && packet.size > 0) {
        promisedMs += packetMs(packet.duration, msPerTick)
        context.sendPacketSync(packet)
      } else continue
      while (context.receiveFrameSync(frame) === 0) {
        const { sampleRate } = frame
        if (decodedMs < maxDurationMs && sampleRate > 0 && isWhole(frame)) {
          // Time is counted from decoded audio, not from the timestamps in the file: a gap or jump in those would
          // shift the waveform and the transcript against the audio.
          frame.pts = BigInt(Math.round((decodedMs * sampleRate) / 1000))
          decodedMs += (frame.nbSamples / sampleRate) * 1000
          yield { frame, decodedMs, promisedMs }
        }
        frame.unref()
      }
      if (decodedMs >= maxDurationMs) return
    }
  } finally {
    frame.free()
    packet.free()
    decoder.close()
  }
}

function isWhole(frame: Frame): boolean {
  return (frame.flags & AV_FRAME_FLAG_CORRUPT) === 0 && frame.decodeErrorFlags === 0
}

/** The duration that the container states, or 0. */
export function statedDurationMs({ demuxer }: OpenAudio): number {
  return demuxer.duration * 1000
}
