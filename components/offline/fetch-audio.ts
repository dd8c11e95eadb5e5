import type { Track } from '#components/player/track.ts'

/**
 * Requests the audio file of a sermon and tells how much of it has arrived: 0 to 1. The body ends with an error when the
 * network is lost.
 */
export async function fetchAudio(
  track: Track,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<{ sizeBytes: number; body: ReadableStream<Uint8Array<ArrayBuffer>> }> {
  const [sermonId] = track.id.split('.')
  const response = await fetch(`/api/v1/sermons/${sermonId}/audio`, { signal })
  if (!response.ok || !response.body) throw new Error(`The audio cannot be requested: ${response.status}`)
  const sizeBytes = Number(response.headers.get('content-length')) || 0
  let arrivedBytes = 0
  let told = 0
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      arrivedBytes += chunk.byteLength
      const part = sizeBytes > 0 ? arrivedBytes / sizeBytes : 0
      if (part - told >= 0.01) {
        told = part
        onProgress(part)
      }
      controller.enqueue(chunk)
    },
  })
  return { sizeBytes, body: response.body.pipeThrough(counter) }
}
