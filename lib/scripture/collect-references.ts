import { findReferences } from './find-references.ts'
import { followReferences } from './follow-references.ts'
import { overlapsRange, type VerseRange } from './verse-range.ts'

export type ReferenceSource = 'details' | 'title' | 'transcript'
/** `expounded`: the subject of the sermon. `read`: read aloud or turned to. `mentioned`: named in passing. */
export type ReferenceKind = 'expounded' | 'read' | 'mentioned'

export type CollectedReference = VerseRange & {
  source: ReferenceSource
  kind: ReferenceKind
  /** The words of the transcript that name it, both inclusive; null in details. */
  firstWord: number | null
  lastWord: number | null
  /** It follows from a passage named long before. */
  isDoubtful: boolean
}

/** How many characters before a reference are searched for a sign that it is being read. */
const CUE_LENGTH = 70
const readingCue =
  /\b(?:read|reads|reading|turn|open|our text|the text|hear the word|words of the text|these words)\b/i

/**
 * The Bible references of a sermon: those of its details and its title, which it expounds, and those that
 * its transcript names. One in the transcript that shares verses with the details is expounded too.
 */
export function collectReferences({
  title,
  scripture,
  words,
}: {
  title: string
  scripture: string
  words: readonly (readonly [text: string, startMs: number, endMs: number])[]
}): CollectedReference[] {
  const details = findReferences(scripture).map((range) => inDetails(range, 'details'))
  const titled = findReferences(title)
    .filter((range) => !details.some((other) => overlapsRange(range, other)))
    .map((range) => inDetails(range, 'title'))
  const expounded = [...details, ...titled]
  const starts: number[] = []
  let text = ''
  for (const [word] of words) {
    starts.push(text.length)
    text += `${word} `
  }
  const said = followReferences(text).map(
    ({ start, end, startOffset, endOffset, isDoubtful }): CollectedReference => {
      const before = text.slice(Math.max(0, startOffset - CUE_LENGTH), startOffset)
      const isExpounded = expounded.some((other) => overlapsRange(other, { start, end }))
      return {
        start,
        end,
        source: 'transcript',
        kind: isExpounded ? 'expounded' : readingCue.test(before) ? 'read' : 'mentioned',
        firstWord: wordAt(starts, startOffset),
        lastWord: wordAt(starts, Math.max(startOffset, endOffset - 1)),
        isDoubtful,
      }
    },
  )
  return [...expounded, ...said]
}

function inDetails({ start, end }: VerseRange, source: ReferenceSource): CollectedReference {
  return { start, end, source, kind: 'expounded', firstWord: null, lastWord: null, isDoubtful: false }
}

/** The index of the word at an offset of the joined text. */
function wordAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
