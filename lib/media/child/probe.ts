import { statSync } from 'node:fs'
import { avGetCodecName } from 'node-av/lib'
import type { AudioSource, ChannelRepair } from './choose-source.ts'
import { createTurns } from './create-turns.ts'
import { findExpectedDuration } from './expected-duration.ts'
import { type OpenAudio, openAudio, openDecoder, packetMs } from './open-audio.ts'
import { ChildFailure, type ChildRequest } from './protocol.ts'
import { readTags, type Tags } from './read-tags.ts'

export type ProbeResult = Tags & {
  durationMs: number
  spanMs: number
  announcedMs: number | null
  container: string
  codec: string
  sampleRateHz: number
  channels: number
  track: AudioSource['track']
  repair: ChannelRepair | null
  bitrateBps: number
  sizeBytes: number
}

// Enough to check that the audio decodes, without decoding all of it.
const DECODED_PACKETS = 100

/**
 * Reads every packet once (without decoding most of them), so that the duration is counted and not taken from
 * the header.
 */
export async function probe(request: Extract<ChildRequest, { kind: 'probe' }>): Promise<ProbeResult> {
  const audio = openAudio(request.inputFile)
  const { demuxer, stream } = audio
  const { codecpar } = stream
  const container = shortFormatName(demuxer.formatName)
  const announcedMs = findExpectedDuration(request.inputFile, container, statedSoundMs(audio))
  const codec = avGetCodecName(codecpar.codecId) ?? 'unknown'
  const { durationMs, spanMs } = await scanPackets(audio, request.maxDurationMs)
  const { sampleRate: sampleRateHz } = codecpar
  const { channels, track, repair } = audio.source
  demuxer.closeSync()
  const sizeBytes = statSync(request.inputFile).size
  return {
    durationMs: Math.round(durationMs),
    spanMs: Math.round(spanMs),
    announcedMs: announcedMs === null ? null : Math.round(announcedMs),
    container,
    codec,
    sampleRateHz,
    channels,
    track,
    repair,
    bitrateBps: durationMs > 0 ? Math.round((sizeBytes * 8000) / durationMs) : 0,
    sizeBytes,
    ...(await readTags(request.inputFile, request.coverFile)),
  }
}

/** How much sound the packets hold, and the time from the first to the end of the last: longer where there are gaps. */
async function scanPackets(
  { demuxer, stream }: OpenAudio,
  maxDurationMs: number,
): Promise<{ durationMs: number; spanMs: number }> {
  const turn = createTurns()
  const decoder = openDecoder(stream)
  let decoded = 0
  let packets = 0
  let summedMs = 0
  let lastEndMs = 0
  let firstStartMs: number | null = null
  for (const packet of demuxer.packetsSync(stream.index)) {
    if (!packet) break
    const msPerTick = (stream.timeBase.num / stream.timeBase.den) * 1000
    const startMs = Number(packet.pts) * msPerTick
    firstStartMs ??= startMs
    const heldMs = packetMs(packet.duration, msPerTick)
    summedMs += heldMs
    lastEndMs = startMs + heldMs
    if (packets < DECODED_PACKETS) {
      for (const frame of decoder.decodeAllSync(packet)) {
        decoded += frame.nbSamples
        frame.free()
      }
    }
    packets += 1
    packet.free()
    await turn()
    if (summedMs > maxDurationMs) throw new ChildFailure('media.too_long', `more than ${maxDurationMs} ms`)
  }
  for (const frame of decoder.decodeAllSync(null)) {
    decoded += frame.nbSamples
    frame.free()
  }
  decoder.close()
  if (decoded === 0) throw new ChildFailure('media.not_audio', `${packets} packets, none of which decodes`)
  // Matroska may leave out packet durations; then only the timestamps are left.
  const spanMs = lastEndMs - (firstStartMs ?? 0)
  return { durationMs: summedMs > 0 ? summedMs : spanMs, spanMs }
}

/** The stated duration of the sound alone, or 0; a picture track may be longer. */
function statedSoundMs({ demuxer, stream }: OpenAudio): number {
  const ownMs = Number(stream.duration) * (stream.timeBase.num / stream.timeBase.den) * 1000
  if (ownMs > 0) return ownMs
  return demuxer.streams.length === 1 ? demuxer.duration * 1000 : 0
}

function shortFormatName(name: string): string {
  if (name.startsWith('mov,')) return 'mp4'
  return name.split(',')[0] ?? name
}
