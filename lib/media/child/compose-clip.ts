import { Encoder, FilterAPI, Muxer } from 'node-av/api'
import { AV_PIX_FMT_RGB24, FF_ENCODER_LIBFDK_AAC, FF_ENCODER_LIBX264 } from 'node-av/constants'
import { Dictionary, Frame, type Packet, Rational } from 'node-av/lib'
import type { ClipPicture } from '../clip-picture.ts'
import { openClipFrames } from './clip-frames.ts'
import { createTurns } from './create-turns.ts'
import { openAudio } from './open-audio.ts'
import { ChildFailure, type ChildRequest, createProgress } from './protocol.ts'
import { channelFilter, runGraph } from './run-graph.ts'

const FRAMES_PER_SECOND = 25
const AUDIO_BPS = 128_000
const SAMPLE_RATE_HZ = 44_100
const AAC_FRAME_SAMPLES = 1024
/** A cut in the middle of a sound is heard as a click. */
const FADE_IN_S = 0.03
const FADE_OUT_S = 0.2
/** How much sound may be missing at the end of the recording. */
const SHORTFALL_MS = 1000

type ClipRequest = Extract<ChildRequest, { kind: 'clip' }>

/**
 * Cuts a part of a recording and writes it with the picture of its words as MP4 (H.264 and AAC), or alone as M4A. The
 * index comes first in the file, so that it plays before it is fully loaded.
 */
export async function composeClip(request: ClipRequest): Promise<{ soundMs: number; frames: number }> {
  const { picture, outputFile, tags, durationMs } = request
  const muxer = Muxer.openSync(outputFile, {
    format: picture ? 'mp4' : 'ipod',
    options: { movflags: '+faststart' },
    context: { metadata: Dictionary.fromObject(tags) },
  })
  // Both streams are added before anything is encoded: the container decides how the encoders write their headers.
  const video = picture && addVideo(muxer)
  const sound = addSound(muxer)
  const soundMs = await encodeSound(request, sound.take)
  const frames =
    picture && video ? await encodePicture({ picture, durationMs, video, beforeFrame: sound.writeUntil }) : 0
  sound.writeUntil(Number.POSITIVE_INFINITY)
  muxer.closeSync()
  // Only now: the muxer reads them until its first packet of each stream.
  sound.close()
  video?.close()
  return { soundMs: Math.round(soundMs), frames }
}

type Take = (frame: Frame | null) => void

/** The sound is encoded first and kept, about one MB a minute, until it is written between the pictures. */
function addSound(muxer: Muxer): { take: Take; writeUntil: (ms: number) => void; close: () => void } {
  const encoder = Encoder.createSync(FF_ENCODER_LIBFDK_AAC, { bitrate: AUDIO_BPS, threadCount: 1 })
  const stream = muxer.addStream(encoder)
  const packets: Packet[] = []
  let next = 0
  return {
    take(frame) {
      for (const packet of encoder.encodeAllSync(frame)) {
        // In these frames the encoder only fills its delay: players that show them would be late by them.
        if (packet.pts >= 0n) packets.push(packet)
        else packet.free()
      }
    },
    writeUntil(ms) {
      for (let packet = packets[next]; packet; packet = packets[next]) {
        if ((Number(packet.pts) / SAMPLE_RATE_HZ) * 1000 > ms) return
        muxer.writePacketSync(packet, stream)
        packet.free()
        next += 1
      }
    },
    close: () => encoder.close(),
  }
}

function addVideo(muxer: Muxer): { take: Take; close: () => void } {
  const encoder = Encoder.createSync(FF_ENCODER_LIBX264, {
    threadCount: 1,
    context: { gopSize: 2 * FRAMES_PER_SECOND },
    options: { preset: 'veryfast', tune: 'stillimage', crf: 20, profile: 'high' },
  })
  const stream = muxer.addStream(encoder)
  return {
    take(frame) {
      for (const packet of encoder.encodeAllSync(frame)) {
        muxer.writePacketSync(packet, stream)
        packet.free()
      }
    },
    close: () => encoder.close(),
  }
}

/** Encodes the sound of the clip. Returns how long it is, in ms. */
async function encodeSound(
  { inputFile, source, startMs, durationMs }: ClipRequest,
  take: Take,
): Promise<number> {
  const audio = openAudio(inputFile, source)
  const soundTime = new Rational(1, SAMPLE_RATE_HZ)
  let samples = 0
  await runGraph(
    audio,
    [
      channelFilter(audio.source),
      `aresample=${SAMPLE_RATE_HZ}`,
      `atrim=start=${startMs / 1000}`,
      'asetpts=N/SR/TB',
      `afade=t=in:d=${FADE_IN_S}`,
      `afade=t=out:st=${Math.max(0, durationMs / 1000 - FADE_OUT_S)}:d=${FADE_OUT_S}`,
      `aformat=sample_fmts=s16,asetnsamples=n=${AAC_FRAME_SAMPLES}:p=0`,
    ].join(','),
    // Decoding stops where the clip ends: a filter that has ended would refuse the rest.
    { maxDurationMs: startMs + durationMs, cut: null, onProgress: () => {} },
    (frame) => {
      samples += frame.nbSamples
      frame.timeBase = soundTime
      take(frame)
    },
  )
  take(null)
  audio.demuxer.closeSync()
  const soundMs = (samples / SAMPLE_RATE_HZ) * 1000
  if (soundMs < durationMs - SHORTFALL_MS) {
    throw new ChildFailure('media.damaged', `${soundMs} ms of sound for a clip of ${durationMs} ms`)
  }
  return soundMs
}

/** Encodes the pictures. Returns how many there are. */
async function encodePicture({
  picture,
  durationMs,
  video,
  beforeFrame,
}: {
  picture: ClipPicture
  durationMs: number
  video: { take: Take }
  beforeFrame: (ms: number) => void
}): Promise<number> {
  const { width, height } = picture
  // Players take colours of this size to be BT.709.
  const toYuv = FilterAPI.create(
    'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
    { threads: 1 },
  )
  const timeBase = { num: 1, den: FRAMES_PER_SECOND }
  const convert = (rgb: Buffer, pts: bigint): Frame => {
    const frame = Frame.fromVideoBuffer(rgb, { width, height, format: AV_PIX_FMT_RGB24, timeBase, pts })
    toYuv.processSync(frame)
    frame.free()
    const converted = toYuv.receiveSync()
    if (!converted) throw new Error('the picture was not converted')
    return converted
  }
  const frames = await openClipFrames(picture)
  const total = Math.max(1, Math.round((durationMs / 1000) * FRAMES_PER_SECOND))
  const progress = createProgress(total)
  const turn = createTurns()
  let shown: Frame | null = null
  for (let index = 0; index < total; index += 1) {
    const ms = (index * 1000) / FRAMES_PER_SECOND
    const drawn = await frames.at(ms, (index + 1) / total)
    if (drawn) {
      shown?.free()
      shown = convert(drawn, BigInt(index))
    }
    if (!shown) throw new Error('a clip has no page to show')
    shown.pts = BigInt(index)
    video.take(shown)
    beforeFrame(ms)
    progress(index)
    await turn()
  }
  shown?.free()
  video.take(null)
  toYuv.close()
  return total
}
