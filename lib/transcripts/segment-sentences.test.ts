import { describe, expect, it } from 'vitest'
import { segmentSentences } from './segment-sentences.ts'
import { textOfRange, type Word } from './transcript.ts'

function spoken(text: string, pauses: Record<number, number> = {}): Word[] {
  let atMs = 0
  return text.split(' ').map((word, index) => {
    const startMs = atMs
    atMs += 200 + (pauses[index] ?? 0)
    return { text: word, startMs, endMs: startMs + 200 }
  })
}

function sentencesOf(words: Word[]): string[] {
  return segmentSentences(words).map((range) => textOfRange(words, range))
}

describe('segmentSentences with punctuation', () => {
  it('ends sentences at full stops, question marks and closing quotes', () => {
    expect(sentencesOf(spoken('He said, “Come.” They came! Did you? Yes…'))).toEqual([
      'He said, “Come.”',
      'They came!',
      'Did you?',
      'Yes…',
    ])
  })

  it.each([
    ['titles', 'I met Mr. Spurgeon and Dr. Gill there. It rained.'],
    ['initials', 'The sermon of C. H. Spurgeon was read. We listened.'],
    ['references', 'Turn to Gen. 3 and Matt. 5 with me. We read on.'],
    ['quoted questions', '“Who art thou?” he asked the Lord there. Silence.'],
  ])('does not end a sentence at %s', (_name, text) => {
    expect(sentencesOf(spoken(text))).toHaveLength(2)
  })

  it('ends a sentence at a very long pause even without a full stop', () => {
    expect(sentencesOf(spoken('Our first hymn Now let us read. Amen.', { 2: 4000 }))).toEqual([
      'Our first hymn',
      'Now let us read.',
      'Amen.',
    ])
  })

  it('cuts a sentence of more than 80 words at its semicolons', () => {
    const clause = (word: string) => `${Array.from({ length: 29 }, () => word).join(' ')} ${word};`
    const text = `${clause('grace')} ${clause('mercy')} ${clause('truth')} amen.`
    for (const sentence of sentencesOf(spoken(text))) expect(sentence).toMatch(/[;.]$/)
  })
})

describe('segmentSentences without punctuation', () => {
  it('ends sentences at pauses', () => {
    const words = spoken('the lord is my shepherd i shall not want he maketh me', { 4: 700, 8: 900 })
    expect(sentencesOf(words)).toEqual(['the lord is my shepherd', 'i shall not want', 'he maketh me'])
  })

  it('never makes a sentence longer than 40 words, and cuts at the longest pause it can find', () => {
    const words = spoken(Array.from({ length: 60 }, (_, index) => `w${index}`).join(' '), { 33: 300 })
    const ranges = segmentSentences(words)
    expect(ranges.map(({ lastWord }) => lastWord)).toContain(33)
    for (const { firstWord, lastWord } of ranges) expect(lastWord - firstWord + 1).toBeLessThanOrEqual(40)
  })
})

describe('segmentSentences', () => {
  it('covers every word once, in order', () => {
    for (let seed = 1; seed < 40; seed += 1) {
      const text = Array.from({ length: seed * 9 }, (_, index) =>
        (index * seed) % 7 === 0 ? 'end.' : 'word',
      ).join(' ')
      const words = spoken(text, { [seed]: 3000, [seed * 2]: 600 })
      expect(
        segmentSentences(words).flatMap(({ firstWord, lastWord }) => words.slice(firstWord, lastWord + 1)),
      ).toEqual(words)
    }
  })

  it('returns nothing for no words', () => {
    expect(segmentSentences([])).toEqual([])
  })
})
