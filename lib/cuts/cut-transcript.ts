import type { LeftOut, SpeakerTurn, transcripts, WordRange } from '#lib/db/schema.ts'
import { type RecordingCut, toPartMs, toRecordingMs } from '#lib/media/recording-cut.ts'
import { toTurns } from '#lib/transcripts/correct-words.ts'
import { listParagraphStarts } from '#lib/transcripts/group-paragraphs.ts'
import { toWordTable } from '#lib/transcripts/word-table.ts'

/** What a transcript consists of, apart from its place among the others. */
export type TranscriptText = Pick<
  typeof transcripts.$inferSelect,
  | 'source'
  | 'language'
  | 'isDraft'
  | 'isApproximate'
  | 'isReviewed'
  | 'words'
  | 'sentences'
  | 'wordIds'
  | 'nextWordId'
  | 'confidences'
  | 'paragraphStarts'
  | 'speakerTurns'
  | 'leftOut'
>

/** The words whose middle is inside the part: the position of the first, and of the one after the last. */
export function findWordsInside(
  { words }: Pick<TranscriptText, 'words'>,
  { startMs, endMs }: RecordingCut,
): { from: number; to: number } {
  const middleOf = ([, from, to]: readonly [string, number, number]) => (from + to) / 2
  const first = words.findIndex((word) => middleOf(word) >= startMs)
  const from = first === -1 ? words.length : first
  const after = words.findIndex((word, position) => position >= from && middleOf(word) >= endMs)
  return { from, to: after === -1 ? words.length : after }
}

/**
 * The words of a part, in its times. They keep their ids, so that a correction of them can be taken over when the whole
 * recording is used again. Null where nothing is said in the part.
 */
export function cutTranscript<Row extends TranscriptText>(whole: Row, cut: RecordingCut): Row | null {
  const { from, to } = findWordsInside(whole, cut)
  if (from === to) return null
  const { ids } = toWordTable(whole)
  return {
    ...whole,
    words: whole.words
      .slice(from, to)
      .map(([text, startMs, endMs]) => [text, toPartMs(startMs, cut), toPartMs(endMs, cut)]),
    sentences: sliceRanges(whole.sentences, from, to),
    wordIds: ids.slice(from, to),
    nextWordId: nextIdOf(whole),
    confidences: whole.confidences?.slice(from, to) ?? null,
    paragraphStarts: whole.paragraphStarts && sliceStarts(whole.paragraphStarts, from, to),
    speakerTurns: whole.speakerTurns && toTurns(sliceTurns(whole.speakerTurns, from, to)),
    leftOut: whole.leftOut && moveLeftOut(whole.leftOut.filter(isInside(cut)), -cut.startMs),
  }
}

/**
 * The words of the whole recording: those of the part as they are now, and around them those that were left out. What
 * was corrected in the part stays corrected.
 */
export function joinTranscript<Row extends TranscriptText>(
  whole: TranscriptText,
  part: Row,
  cut: RecordingCut,
): Row {
  const { from, to } = findWordsInside(whole, cut)
  const isOutside = from > 0 || to < whole.words.length
  const { ids: partIds, confidences: partConfidences } = toWordTable(part)
  const { ids: wholeIds, confidences: wholeConfidences } = toWordTable(whole)
  const outside = keepApart(
    [...wholeIds.slice(0, from), ...wholeIds.slice(to)],
    new Set(partIds),
    Math.max(nextIdOf(whole), nextIdOf(part)),
  )
  const tail = from + part.words.length
  const moved = to - tail
  const count = whole.words.length - moved
  return {
    ...part,
    isDraft: part.isDraft || (isOutside && whole.isDraft),
    isApproximate: part.isApproximate || (isOutside && whole.isApproximate),
    isReviewed: part.isReviewed && (!isOutside || whole.isReviewed),
    words: [...whole.words.slice(0, from), ...restoreTimes(whole, part, cut), ...whole.words.slice(to)],
    sentences: joinSentences(
      whole.sentences.flatMap(([first, last]) =>
        first < from ? [[first, Math.min(last, from - 1)] as const] : [],
      ),
      part.sentences.map(([first, last]) => [first + from, last + from] as const),
      whole.sentences.flatMap(([first, last]) =>
        last >= to ? [[Math.max(first, to) - moved, last - moved] as const] : [],
      ),
      // Sentences that the cut went through.
      new Set([
        ...(whole.sentences.some(([first, last]) => first < from && last >= from) ? [from] : []),
        ...(whole.sentences.some(([first, last]) => first < to && last >= to) ? [tail] : []),
      ]),
    ),
    wordIds: [...outside.ids.slice(0, from), ...partIds, ...outside.ids.slice(from)],
    nextWordId: outside.nextId,
    confidences:
      whole.confidences || part.confidences
        ? [...wholeConfidences.slice(0, from), ...partConfidences, ...wholeConfidences.slice(to)]
        : null,
    paragraphStarts:
      whole.paragraphStarts || part.paragraphStarts
        ? [
            ...startsOf(whole).filter((start) => start <= from && start < to),
            // A part begins a paragraph whether the whole recording has one there or not.
            ...startsOf(part).flatMap((start) => (start > 0 ? [start + from] : [])),
            ...startsOf(whole).flatMap((start) => (start >= to ? [start - moved] : [])),
          ]
        : null,
    speakerTurns: toTurns(
      [
        ...(whole.speakerTurns ?? []).filter(([first]) => first < from),
        ...withSomeoneFirst(part.speakerTurns ?? []).map(
          ([first, name]): SpeakerTurn => [first + from, name],
        ),
        ...withSomeoneFirst(sliceTurns(whole.speakerTurns ?? [], to, whole.words.length)).map(
          ([first, name]): SpeakerTurn => [first + tail, name],
        ),
      ].filter(([first]) => first < count),
    ),
    leftOut:
      whole.leftOut || part.leftOut
        ? [
            ...(whole.leftOut ?? []).filter((each) => !isInside(cut)(each)),
            ...moveLeftOut(part.leftOut ?? [], cut.startMs),
          ].toSorted((one, other) => one.startMs - other.startMs)
        : null,
  }
}

const nextIdOf = ({ nextWordId, words }: TranscriptText): number => nextWordId ?? words.length

/** The words of a part in times of the recording. Times that the cut shortened are as before. */
function restoreTimes(
  whole: TranscriptText,
  part: TranscriptText,
  cut: RecordingCut,
): TranscriptText['words'] {
  const { ids } = toWordTable(part)
  const before = new Map(toWordTable(whole).ids.map((id, position) => [id, whole.words[position]]))
  return part.words.map((word, position) => {
    const [text, startMs, endMs] = word
    const old = before.get(ids[position] ?? -1)
    const isSame =
      old && old[0] === text && toPartMs(old[1], cut) === startMs && toPartMs(old[2], cut) === endMs
    return isSame ? old : [text, toRecordingMs(startMs, cut), toRecordingMs(endMs, cut)]
  })
}

/** Joins neighbouring sentences into one where the second begins at one of `through`. */
function joinSentences(
  before: readonly (readonly [number, number])[],
  inside: readonly (readonly [number, number])[],
  after: readonly (readonly [number, number])[],
  through: ReadonlySet<number>,
): WordRange[] {
  const joined: WordRange[] = []
  for (const [first, last] of [...before, ...inside, ...after]) {
    const previous = joined.at(-1)
    if (previous && through.has(first)) previous[1] = last
    else joined.push([first, last])
  }
  return joined
}

/** Gives ids that the part has too, because it was transcribed again, new ones. */
function keepApart(ids: readonly number[], taken: ReadonlySet<number>, nextId: number) {
  let next = nextId
  const apart = ids.map((id) => {
    if (!taken.has(id)) return id
    next += 1
    return next - 1
  })
  return { ids: apart, nextId: next }
}

/** The parts of ranges that are between two positions, counted from the first of these. */
function sliceRanges(ranges: readonly WordRange[], from: number, to: number): WordRange[] {
  return ranges.flatMap(([first, last]): WordRange[] =>
    last < from || first >= to ? [] : [[Math.max(first, from) - from, Math.min(last, to - 1) - from]],
  )
}

/** Beginnings between two positions, counted from the first of these, at which one begins in any case. */
function sliceStarts(starts: readonly number[], from: number, to: number): number[] {
  return from >= to
    ? []
    : [0, ...starts.filter((start) => start > from && start < to).map((start) => start - from)]
}

function sliceTurns(turns: readonly SpeakerTurn[], from: number, to: number): SpeakerTurn[] {
  if (from >= to) return []
  const running = turns.findLast(([first]) => first <= from)
  const later = turns.filter(([first]) => first > from && first < to)
  return [
    ...(running ? [[0, running[1]] satisfies SpeakerTurn] : []),
    ...later.map(([first, name]): SpeakerTurn => [first - from, name]),
  ]
}

/** An empty name ends the turn of the person before. */
function withSomeoneFirst(turns: readonly SpeakerTurn[]): SpeakerTurn[] {
  return turns[0]?.[0] === 0 ? [...turns] : [[0, ''], ...turns]
}

/** Where paragraphs begin: as a person set them, or as they are shown without that. */
function startsOf({ words, sentences, paragraphStarts, speakerTurns }: TranscriptText): number[] {
  if (paragraphStarts) return paragraphStarts
  return listParagraphStarts({ words, sentences, speakerTurns })
}

const isInside =
  (cut: RecordingCut) =>
  ({ startMs, endMs }: LeftOut): boolean =>
    startMs >= cut.startMs && endMs <= cut.endMs

function moveLeftOut(captions: readonly LeftOut[], byMs: number): LeftOut[] {
  return captions.map(({ text, startMs, endMs }) => ({ text, startMs: startMs + byMs, endMs: endMs + byMs }))
}
