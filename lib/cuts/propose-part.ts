import type { RecordingCut } from '#lib/media/recording-cut.ts'

type Stretch = { startMs: number; endMs: number }

/** A longer time without speech is not a pause of a preacher. */
const LONGEST_PAUSE_MS = 12_000
/** The share of speech in a block: in music the detector finds little, and little at a time. */
const LEAST_SPEECH = 0.35
/** Another block this large, compared with the largest, and this near belongs to the sermon: a film was shown in it. */
const LARGE_SHARE = 0.5
const NEAR_MS = 120_000
/** Less speech than this is no sermon. */
const SHORTEST_SERMON_MS = 20_000
/** A breath before the first word, and the room after the last one. */
const BEFORE_MS = 700
const AFTER_MS = 1200
/** Less than this at both ends is not worth a cut. */
const WORTHWHILE_MS = 5000

/**
 * Where the sermon seems to be: the largest block of speech, without the silence, the music and the short announcements
 * around it. Null where that is all of the recording, or where there is no sermon.
 */
export function proposePart(speech: readonly Stretch[], durationMs: number): RecordingCut | null {
  const blocks = joinStretches(speech).filter(
    ({ startMs, endMs, speechMs }) => speechMs >= (endMs - startMs) * LEAST_SPEECH,
  )
  const largest = blocks.reduce<Block | null>(
    (best, block) => (best && best.speechMs >= block.speechMs ? best : block),
    null,
  )
  if (!largest || largest.speechMs < SHORTEST_SERMON_MS) return null
  const large = blocks.filter(({ speechMs }) => speechMs >= largest.speechMs * LARGE_SHARE)
  const place = large.indexOf(largest)
  let [first, last] = [place, place]
  while (gapBefore(large, first) <= NEAR_MS) first -= 1
  while (gapBefore(large, last + 1) <= NEAR_MS) last += 1
  const startMs = Math.max(0, (large[first]?.startMs ?? 0) - BEFORE_MS)
  const endMs = Math.min(durationMs, (large[last]?.endMs ?? durationMs) + AFTER_MS)
  const cut = {
    startMs: startMs < WORTHWHILE_MS ? 0 : Math.round(startMs),
    endMs: durationMs - endMs < WORTHWHILE_MS ? durationMs : Math.round(endMs),
  }
  return cut.startMs === 0 && cut.endMs === durationMs ? null : cut
}

type Block = Stretch & { speechMs: number }

function joinStretches(speech: readonly Stretch[]): Block[] {
  const blocks: Block[] = []
  for (const { startMs, endMs } of speech) {
    const last = blocks.at(-1)
    if (last && startMs - last.endMs <= LONGEST_PAUSE_MS) {
      last.endMs = endMs
      last.speechMs += endMs - startMs
    } else blocks.push({ startMs, endMs, speechMs: endMs - startMs })
  }
  return blocks
}

/** The time between a block and the one before it, in ms; endless where there is none. */
function gapBefore(blocks: readonly Block[], index: number): number {
  const [before, after] = [blocks[index - 1], blocks[index]]
  return before && after ? after.startMs - before.endMs : Number.POSITIVE_INFINITY
}
