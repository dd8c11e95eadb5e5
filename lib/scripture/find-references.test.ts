import { describe, expect, it } from 'vitest'
import { findReferences, parseOsis } from './find-references.ts'
import cases from './written-references.cases.json' with { type: 'json' }

const osisOf = (text: string) => findReferences(text).map(({ osis }) => osis)

describe('findReferences', () => {
  it.each(cases as [string, string[]][])('reads %s', (text, expected) => {
    expect(osisOf(text)).toEqual(expected)
  })

  it('gives the offsets of each reference in UTF-16 code units of the original text', () => {
    const text =
      '🙂 Römer\u0301 2024-03-10_Rom_8_28, 31–39; and first Corinthians thirteen four through seven'
    const written = findReferences(text).map(({ startOffset, endOffset }) =>
      text.slice(startOffset, endOffset),
    )
    expect(written).toEqual(['Rom_8_28', '31–39', 'first Corinthians thirteen four through seven'])
  })

  it('never gives a range that does not exist', () => {
    for (const [text] of cases as [string, string[]][]) {
      for (const { osis, start, end } of findReferences(text)) expect(parseOsis(osis)).toEqual({ start, end })
    }
  })

  it('is fast and never throws, for any text', () => {
    expect(osisOf('')).toEqual([])
    expect(osisOf('\0\u001e\u001f1:1')).toEqual([])
    expect(osisOf(`${'1 '.repeat(5000)}John`)).toEqual([])
    expect(osisOf(`${'x'.repeat(50_000)} John 3:16`)).toEqual(['John.3.16'])
  })
})
