import { strToU8, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { readDocument } from './read-document.ts'

const word = (xml: string, level: 1 | 6 = 6) =>
  zipSync({ 'word/document.xml': strToU8(xml), 'docProps/app.xml': strToU8('<a/>') }, { level })

it('reads paragraphs, breaks and tabs, and leaves out what was deleted and what a field is calculated from', () => {
  const xml =
    '<w:p><w:r><w:t>Grace</w:t><w:tab/><w:t xml:space="preserve"> to &amp; you</w:t></w:r></w:p>' +
    '<w:p><w:delText xml:space="preserve">not <w:t>this</w:t></w:delText><w:instrText>PAGE</w:instrText>' +
    '<w:delText/><w:t>and</w:t><w:br w:type="page"/><w:t>peace</w:t></w:p>'
  expect(readDocument(word(xml))).toBe('Grace\tto & you\nand\npeace\n')
})

it('reads OpenDocument', () => {
  const xml =
    '<office:meta>No</office:meta><office:text><text:h>Fear</text:h><text:p>not,<text:s/>for<text:line-break/>I am</text:p>'
  expect(readDocument(zipSync({ 'content.xml': strToU8(xml) }))).toBe('Fear\nnot, for\nI am\n')
})

it.each(['<', '<w:delText ', '<w:delText>a', '<w:tab ', '<w:p>', '</', '&'])(
  'reads a million bytes of %s within a minute',
  { timeout: 60_000 },
  (piece) => {
    // In time that grows with the square of the size this takes minutes.
    expect(readDocument(word(piece.repeat(1_000_000 / piece.length)))).toBeTypeOf('string')
  },
)

it.each([
  ['the size that it has', (bytes: Uint8Array) => bytes],
  ['a smaller size', claimSmall],
])(
  'refuses a text that is too large within a minute, when it claims %s',
  { timeout: 60_000 },
  (_, prepare) => {
    const bytes = prepare(word(' '.repeat(36_000_000), 1))
    expect(() => readDocument(bytes)).toThrow(expect.objectContaining({ reason: 'transcript.document' }))
  },
)

it.each([
  ['cut', (bytes: Uint8Array) => bytes.subarray(0, 60)],
  ['something else', () => zipSync({ 'other.xml': strToU8('<a/>') })],
  ['empty', () => new Uint8Array()],
])('refuses a file that is %s', (_, prepare) => {
  const bytes = prepare(word(`<w:p>${'Grace and peace. '.repeat(100)}</w:p>`))
  expect(() => readDocument(bytes)).toThrow(expect.objectContaining({ reason: 'transcript.document' }))
})

/** Writes a thousand bytes as the size of the first file, where it is and in the list of files. */
function claimSmall(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const listed = view.getUint32(bytes.byteLength - 6, true)
  view.setUint32(22, 1_000, true)
  view.setUint32(listed + 24, 1_000, true)
  return bytes
}
