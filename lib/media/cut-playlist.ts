import type { ByteRange, MediaPlaylist } from './hls-playlist.ts'

/** A decoder needs the sound before the first that is heard. */
const RUN_UP_MS = 100

/**
 * The bytes of a rendition that contain a part of it, and where the part begins in them. The ranges, one after the other,
 * are a file that a decoder reads. Throws an Error for a part that is not in the rendition.
 */
export function cutPlaylist(
  { init, segments }: Pick<MediaPlaylist, 'init' | 'segments'>,
  { startMs, endMs }: { startMs: number; endMs: number },
): { ranges: ByteRange[]; offsetMs: number } {
  let segmentStartMs = 0
  let firstMs: number | null = null
  const chosen: ByteRange[] = []
  for (const { offset, sizeBytes, durationSeconds } of segments) {
    const segmentEndMs = segmentStartMs + durationSeconds * 1000
    if (segmentEndMs > startMs - RUN_UP_MS && segmentStartMs < endMs) {
      firstMs ??= segmentStartMs
      chosen.push({ offset, sizeBytes })
    }
    segmentStartMs = segmentEndMs
  }
  const [first, last] = [chosen[0], chosen.at(-1)]
  if (firstMs === null || !first || !last) throw new Error(`no segment from ${startMs} to ${endMs} ms`)
  const whole = { offset: first.offset, sizeBytes: last.offset + last.sizeBytes - first.offset }
  return { ranges: [init, whole], offsetMs: startMs - firstMs }
}
