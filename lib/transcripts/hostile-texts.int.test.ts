import { expect, it } from 'vitest'
import { readSermonText } from '#lib/sermons/read-sermon-text.ts'
import { parseTranscriptFile } from './parse-transcript-file.ts'

/*
 * A text that is made to be slow must not keep the web server from everyone else: reading takes time that grows with the size
 * of the text, whatever is in it.
 */

const sizeChars = 80_000
/** All texts together take seconds. A single one that is read in time that grows with its square takes minutes. */
const limitMs = 300_000
const heads = [
  '',
  'WEBVTT\n\n',
  '1\n00:00:01,000 --> 00:00:02,000\n',
  '[Events]\nFormat: Start, End, Text\n',
  '{"words":[',
  '---\n',
]
const pieces = [
  ...[
    '<',
    '<a ',
    '<!--',
    '[',
    '![',
    '[a](',
    '(',
    '{',
    '{\\',
    '&',
    '&#',
    '>',
    '`',
    '*',
    ' *a',
    '**',
    '_',
    ' _a',
    '# ',
    '#',
    '- ',
    '|',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\n\n',
    ' \n',
    '0',
    '1\n',
    ':',
    '00:',
    '-->',
    '00:00:01.000 --> ',
    '[00:00] ',
    '(',
    '. ',
    'A. ',
    '"',
    '\u00a0',
  ],
  ...[
    'NOTE\n',
    '<v ',
    '<c.',
    'Speaker: ',
    'Dialogue: 0,0:00:00.00,',
    '{"a":',
    '"words":[',
    '[offset:',
    '\\',
    '~~',
    'http://',
    'Gen 1:1 ',
  ],
]
const texts = heads.flatMap((head) =>
  pieces.map((piece) => head + piece.repeat(Math.ceil(sizeChars / piece.length))),
)

it.each([
  ['a transcript', (bytes: Buffer) => parseTranscriptFile({ bytes, durationMs: null })],
  ['a manuscript', (bytes: Buffer) => readSermonText({ bytes, fileName: 'sermon.md' })],
])('%s of one repeated piece is read or refused', { timeout: limitMs }, (_, read) => {
  for (const text of texts) {
    try {
      read(Buffer.from(text))
    } catch (error) {
      expect(error).toHaveProperty('reason')
    }
  }
})
