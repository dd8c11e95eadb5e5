import { describe, expect, it } from 'vitest'
import { bibleBooks } from './bible-books.ts'
import { followReferences } from './follow-references.ts'
import marked from './marked-references.cases.json' with { type: 'json' }
import added from './spoken-references.added.json' with { type: 'json' }
import keptAside from './spoken-references.kept-aside.json' with { type: 'json' }
import tuning from './spoken-references.tuning.json' with { type: 'json' }

const osisOf = (text: string) => followReferences(text).map(({ osis }) => osis)

/** The harmonic mean of precision and recall over all references of a set of sentences. */
function measureF1(sentences: [text: string, osis: string[]][]): number {
  let [right, wrong, missed] = [0, 0, 0]
  for (const [text, expected] of sentences) {
    const open = [...expected]
    for (const osis of osisOf(text)) {
      const at = open.indexOf(osis)
      if (at === -1) wrong += 1
      else {
        right += 1
        open.splice(at, 1)
      }
    }
    missed += open.length
  }
  return (2 * right) / (2 * right + wrong + missed)
}

describe('followReferences', () => {
  it.each([
    ['tuning', tuning],
    ['kept-aside', keptAside],
    ['added', added],
  ])('finds spoken references with an F1 of at least .95 in the %s sentences', (_, sentences) => {
    expect(sentences.length).toBeGreaterThanOrEqual(80)
    expect(measureF1(sentences as [string, string[]][])).toBeGreaterThanOrEqual(0.95)
  })

  it.each(marked)('finds exactly the marked references: %s', (line) => {
    let text = ''
    let at = 0
    const expected: { osis: string; startOffset: number; endOffset: number }[] = []
    for (const match of line.matchAll(/\[\[(.+?)\|(.+?)\]\]/g)) {
      const [whole, written = '', osis = ''] = match
      text += line.slice(at, match.index)
      expected.push({ osis, startOffset: text.length, endOffset: text.length + written.length })
      text += written
      at = match.index + whole.length
    }
    text += line.slice(at)
    const found = followReferences(text)
    expect(found.map(({ osis, startOffset, endOffset }) => ({ osis, startOffset, endOffset }))).toEqual(
      expected,
    )
  })

  it('finds every book by its spoken name', () => {
    for (const { osis, name } of bibleBooks) {
      const spoken = name
        .toLowerCase()
        .replace(/^1 /, 'first ')
        .replace(/^2 /, 'second ')
        .replace(/^3 /, 'third ')
      const expected = `${osis}.1.2`
      expect(osisOf(`we read in ${spoken} chapter one verse two`), spoken).toEqual([expected])
    }
  })

  it('reads a verse alone as part of the current passage, and ignores it without a passage', () => {
    expect(osisOf('We are in John 3. Now turn to verse nine, and then to verses 14 and 15.')).toEqual([
      'John.3',
      'John.3.9',
      'John.3.14-John.3.15',
    ])
    expect(osisOf('Turn to verse nine.')).toEqual([])
    expect(osisOf('We are in Jude. Psalm 117. Verse 9 is not there.')).toEqual(['Ps.117'])
  })

  it('marks a verse long after its passage as doubtful', () => {
    const talk = 'and so we go on to think of other things '.repeat(200)
    const [, near] = followReferences('In Romans 8 we read. In verse 28 he says')
    const [, far] = followReferences(`In Romans 8 we read. ${talk} In verse 28 he says`)
    expect([near?.isDoubtful, far?.isDoubtful]).toEqual([false, true])
  })

  it('gives the offsets in the text', () => {
    const text = 'Open John three. Look down at verse sixteen with me.'
    expect(
      followReferences(text).map(({ startOffset, endOffset }) => text.slice(startOffset, endOffset)),
    ).toEqual(['John three', 'verse sixteen'])
  })
})
