import { strToU8, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { readSermonText } from './read-sermon-text.ts'

const read = (text: string, fileName = 'sermon.md') => readSermonText({ bytes: Buffer.from(text), fileName })

it('leaves the marks of Markdown out of what the preacher says', () => {
  const text = `---
date: 2026-11-22
---
# The Good Shepherd

Take **trouble** to _God_ in [prayer](https://example.org/prayer), ***always***.

> The Lord is my shepherd;
> I shall not want.

- One: trust.
* Two: obey.

***

Snake_case_words and 2 * 3 * 4 stay, and so does \\*this\\*. ![A picture](x.png)
## End ##`
  expect(read(text).trim()).toBe(`The Good Shepherd

Take trouble to God in prayer, always.

The Lord is my shepherd;
I shall not want.

One: trust.
Two: obey.

Snake_case_words and 2 * 3 * 4 stay, and so does *this*. 

End`)
})

it('changes nothing in plain text', () =>
  expect(read('# not a heading\n*stars*', 'sermon.txt')).toBe('# not a heading\n*stars*'))

it('reads a Word file', () => {
  const xml = '<w:document><w:body><w:p><w:r><w:t>Fear not.</w:t></w:r></w:p></w:body></w:document>'
  const bytes = zipSync({ 'word/document.xml': strToU8(xml) })
  expect(readSermonText({ bytes, fileName: 'sermon.docx' })).toContain('Fear not.')
})

it('refuses what is no text', () =>
  expect(() => readSermonText({ bytes: Buffer.from('%PDF-1.7'), fileName: 'a.md' })).toThrow(
    expect.objectContaining({ reason: 'transcript.document' }),
  ))
