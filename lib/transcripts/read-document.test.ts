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

it.each([
  ['what was moved away', '<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>', ''],
  ['the measures of a picture', '<wp:posOffset>123456</wp:posOffset><wp14:pctWidth>0</wp14:pctWidth>', ''],
  ['a description with a sign of markup', '<wp:docPr id="1" descr="a > b"/>', ''],
  ['the second form of a text box', '<mc:Fallback><w:p><w:r><w:t>again</w:t></w:r></w:p></mc:Fallback>', ''],
  ['hidden text', '<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>', ''],
  ['a reading above a word', '<w:ruby><w:rt><w:r><w:t>megumi</w:t></w:r></w:rt></w:ruby>', ''],
  ['a comment of the file', '<!-- a > b -->', ''],
  ['the spaces between elements', '\n   ', ''],
  ['a hyphen that does not break', '<w:noBreakHyphen/>', '-'],
  ['a hyphen that only breaks', '<w:softHyphen/>', ''],
  ['an arrow from a font of symbols', '<w:sym w:font="Wingdings" w:char="F0E0"/>', '→'],
])('reads %s as Word shows it', (_, part, shown) => {
  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`
  const xml = `<w:document><w:body><w:p>${run('self')}${part}${run('giving')}</w:p></w:body></w:document>`
  expect(readDocument(word(xml)).trim()).toBe(`self${shown}giving`)
})

it('reads a Word file with other prefixes, in UTF-16 and in a part with another number', () => {
  const xml =
    '<ns0:document><ns0:p><ns0:t>Grace</ns0:t></ns0:p><ns0:p><ns0:t>Peace</ns0:t></ns0:p></ns0:document>'
  expect(readDocument(word(xml))).toBe('Grace\nPeace\n')
  expect(readDocument(zipSync({ 'word/document2.xml': strToU8(xml) }))).toBe('Grace\nPeace\n')
  const utf16 = Uint8Array.from(Buffer.from(`\ufeff${xml}`, 'utf16le'))
  expect(readDocument(zipSync({ 'word/document.xml': utf16 })).trim()).toBe('Grace\nPeace')
})

it('leaves out changes, notes and comments of OpenDocument, and refuses tables and slides', () => {
  const xml =
    '<office:text><text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>' +
    '<text:p>Grace<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See</text:p>' +
    '</text:note-body></text:note> to you<office:annotation><text:p>nice</text:p></office:annotation>.</text:p></office:text>'
  expect(readDocument(zipSync({ 'content.xml': strToU8(xml) }))).toBe('Grace to you.\n')
  for (const kind of ['spreadsheet', 'presentation']) {
    const other = zipSync({ 'content.xml': strToU8(`<office:${kind}><text:p>5</text:p></office:${kind}>`) })
    expect(() => readDocument(other)).toThrow(expect.objectContaining({ reason: 'transcript.document' }))
  }
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
