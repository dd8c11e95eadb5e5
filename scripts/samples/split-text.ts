export type TextPart = { text: string; end: 'clause' | 'sentence' | 'paragraph' }

/** A sentence longer than this is spoken clause by clause. */
const MAX_WORDS_PER_PART = 22
const MIN_CLAUSE_WORDS = 6

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Splits a text into the parts that are spoken without a pause, in order. `end` is what the part ends. */
export function splitText(text: string): TextPart[] {
  return text.split(/\n\s*\n/).flatMap((paragraph): TextPart[] => {
    const sentences = [...segmenter.segment(paragraph.replace(/\s+/g, ' ').trim())]
      .map(({ segment }) => segment.trim())
      .filter((sentence) => sentence !== '')
    return sentences.flatMap((sentence, place): TextPart[] => {
      const clauses = splitSentence(sentence)
      const end = place === sentences.length - 1 ? 'paragraph' : 'sentence'
      return clauses.map((clause, at) => ({ text: clause, end: at === clauses.length - 1 ? end : 'clause' }))
    })
  })
}

function splitSentence(sentence: string): string[] {
  if (countWords(sentence) <= MAX_WORDS_PER_PART) return [sentence]
  const clauses: string[] = []
  for (const clause of sentence.split(/(?<=[;:—]["”’]?)\s+/)) {
    const last = clauses.at(-1)
    const isShort = countWords(clause) < MIN_CLAUSE_WORDS || countWords(last ?? '') < MIN_CLAUSE_WORDS
    if (last !== undefined && isShort) clauses[clauses.length - 1] = `${last} ${clause}`
    else clauses.push(clause)
  }
  return clauses
}

function countWords(text: string): number {
  return text.split(' ').filter((word) => word !== '').length
}
