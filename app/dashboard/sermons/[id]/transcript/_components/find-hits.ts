import type { Paragraph } from './transcript-document.ts'

/** A place of the transcript that is replaced: `start` and `end` are offsets in the text of a paragraph. */
export type Hit = { key: string; start: number; end: number; text: string }

/** Whether this browser knows where words begin and end. */
export const canFindWords = (): boolean => 'Segmenter' in Intl

/**
 * Finds every occurrence of a text, without regard to case. With `wholeWords` those that begin and end in the middle of a
 * word are left out; the language says where words end in scripts without spaces.
 */
export function findHits(
  paragraphs: readonly Paragraph[],
  wanted: string,
  { wholeWords = false, language = '' } = {},
): Hit[] {
  if (wanted === '') return []
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu')
  const segmenter = wholeWords
    ? new Intl.Segmenter(language === '' ? undefined : language, { granularity: 'word' })
    : null
  return paragraphs.flatMap(({ key, text }) => {
    const found = [...text.matchAll(pattern)].map(({ index, 0: part }) => ({
      key,
      start: index,
      end: index + part.length,
      text,
    }))
    if (!segmenter || found.length === 0) return found
    const edges = new Set([text.length])
    for (const { index } of segmenter.segment(text)) edges.add(index)
    return found.filter(({ start, end }) => edges.has(start) && edges.has(end))
  })
}

/** The paragraphs with every hit replaced. */
export function replaceHits(hits: readonly Hit[], replacement: string): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const { key, start, end, text } of hits.toReversed()) {
    const current = texts[key] ?? text
    texts[key] = current.slice(0, start) + replacement + current.slice(end)
  }
  return texts
}
