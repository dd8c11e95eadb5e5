import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupParagraphs } from './group-paragraphs.ts'
import { parseTranscriptFile } from './parse-transcript-file.ts'
import { toStoredTranscript } from './to-stored-transcript.ts'

/** The paragraphs as they are shown. */
function paragraphsOf(text: string): string[] {
  const parsed = parseTranscriptFile({ bytes: new TextEncoder().encode(text), durationMs: 6 * 3_600_000 })
  const { words, sentences, paragraphStarts } = toStoredTranscript({ ...parsed, language: 'en' })
  return groupParagraphs(words, sentences, paragraphStarts).map((paragraph) => {
    const first = sentences[paragraph[0] ?? 0]?.[0] ?? 0
    const last = sentences[paragraph.at(-1) ?? 0]?.[1] ?? 0
    return words
      .slice(first, last + 1)
      .map(([word]) => word)
      .join(' ')
  })
}

const sentence = fc
  .array(fc.constantFrom('grace', 'mercy', 'and', 'peace', 'he', 'gives'), { minLength: 3, maxLength: 12 })
  .map((words) => `${words.join(' ')}.`)
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 20 }).map((sentences) => sentences.join(' '))

describe('the paragraphs of a text', () => {
  test('that empty lines separate are kept, also where lines are broken at the width of a page', () => {
    fc.assert(
      fc.property(
        fc.array(paragraph, { minLength: 2, maxLength: 8 }),
        fc.boolean(),
        (paragraphs, isBroken) => {
          const write = (text: string) => (isBroken ? text.replace(/(.{20,70}) /g, '$1\n') : text)
          expect(paragraphsOf(paragraphs.map(write).join('\n\n'))).toEqual(paragraphs)
        },
      ),
    )
  })

  test('that are lines, as in documents, are kept', () => {
    const long = `${'He gives more grace. '.repeat(12)}Amen.`
    expect(paragraphsOf(`On grace\n${long}\nA short one.\n${long}`)).toEqual([
      'On grace',
      long,
      'A short one.',
      long,
    ])
  })

  test('a heading is a paragraph of its own, also without a full stop', () => {
    expect(paragraphsOf('On grace\n\nHe gives more grace.\n\nAnd peace.')).toEqual([
      'On grace',
      'He gives more grace.',
      'And peace.',
    ])
  })

  test('are not seen where an empty line follows each line of the page', () => {
    const lines = 'He gives more\n\ngrace to all of\n\nus who are poor.\n\nAmen to that and\n\nmore.'
    expect(paragraphsOf(lines)).toEqual([lines.replaceAll('\n\n', ' ')])
  })

  test('are divided where they are too long to read', () => {
    const long = 'He gives more grace to the poor in spirit. '.repeat(100).trim()
    const shown = paragraphsOf(`Opening words.\n\n${long}\n\nClosing words.`)
    expect(shown.join(' ')).toBe(`Opening words. ${long} Closing words.`)
    expect(shown[0]).toBe('Opening words.')
    expect(shown.at(-1)).toBe('Closing words.')
    expect(Math.max(...shown.map((text) => text.split(' ').length))).toBeLessThan(200)
  })
})
