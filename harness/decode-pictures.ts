import { Decoder, Demuxer, FilterAPI } from 'node-av/api'
import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants'

/** A decoded picture as packed RGB, and when it is shown, in milliseconds. */
export type DecodedPicture = { ms: number; width: number; height: number; rgb: Buffer }

/** Decodes the pictures of a video at the given times in milliseconds, and describes its streams. */
export async function decodePictures(file: string, atMs: readonly number[]) {
  const demuxer = Demuxer.openSync(file)
  const video = demuxer.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO)
  const pictures: DecodedPicture[] = []
  let frames = 0
  if (video) {
    const decoder = Decoder.createSync(video, { threadCount: 1 })
    const filter = FilterAPI.create('format=rgb24', { threads: 1 })
    const wanted = [...atMs]
    const msPerTick = (video.timeBase.num / video.timeBase.den) * 1000
    for (const packet of demuxer.packetsSync(video.index)) {
      for (const frame of decoder.decodeAllSync(packet)) {
        frames += 1
        const ms = Number(frame.pts) * msPerTick
        if (wanted[0] !== undefined && ms >= wanted[0]) {
          wanted.shift()
          filter.processSync(frame)
          const out = filter.receiveSync()
          if (out) {
            pictures.push({ ms, width: out.width, height: out.height, rgb: Buffer.from(out.toBuffer()) })
            out.free()
          }
        }
        frame.free()
      }
      packet?.free()
      await new Promise((resolve) => setImmediate(resolve))
    }
    decoder.close()
    filter.close()
  }
  const streams = demuxer.streams.map(({ codecpar }) => ({
    codecId: codecpar.codecId,
    width: codecpar.width,
    height: codecpar.height,
    sampleRate: codecpar.sampleRate,
    channels: codecpar.channels,
  }))
  const durationMs = demuxer.duration * 1000
  demuxer.closeSync()
  return { pictures, frames, streams, durationMs }
}
