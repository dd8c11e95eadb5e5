import { expect, test } from 'vitest'
import { parseTranscriptFile } from '#lib/transcripts/parse-transcript-file.ts'
import { fetchTranscript, formatTranscript, type PrintedTranscript, readFormat } from './print-transcript.ts'

const spoken = 'Grace & peace to you. Read Romans 8 with me.'.split(' ')
const transcript: PrintedTranscript = {
  draft: false,
  words: spoken.map((text, index) => ({
    id: `w${index * 7}`,
    text,
    startMs: index * 1000,
    endMs: index * 1000 + 900,
  })),
  paragraphs: [
    { firstWord: 'w0', lastWord: 'w28' },
    { firstWord: 'w35', lastWord: `w${(spoken.length - 1) * 7}` },
  ],
}

test.each(['vtt', 'srt'] as const)('as %s it is read back with the same words and times', (format) => {
  const bytes = Buffer.from(formatTranscript(transcript, format))
  const read = parseTranscriptFile({ bytes, durationMs: 20_000 })
  expect(read.words.map(({ text }) => text)).toEqual(spoken)
  expect(read.words[0]?.startMs).toBe(0)
  expect(read.words[5]?.startMs).toBe(5000)
})

test('captions of SubRip have numbers, commas in their times and plain text', () => {
  expect(formatTranscript(transcript, 'srt').split('\n').slice(0, 3)).toEqual([
    '1',
    '00:00:00,000 --> 00:00:04,900',
    'Grace & peace to you.',
  ])
})

test('as text it has its paragraphs, and as JSON everything that the API gave', () => {
  expect(formatTranscript(transcript, 'txt')).toBe('Grace & peace to you.\n\nRead Romans 8 with me.')
  expect(JSON.parse(formatTranscript(transcript, 'json'))).toEqual(transcript)
})

test('an unknown format is refused with those that exist', () => {
  expect(readFormat(undefined)).toBe('txt')
  expect(() => readFormat('docx')).toThrow('vtt, srt, txt, json')
})

test('a text without a recording is printed as text, but not as captions', async () => {
  const api = {
    request: async (_method: string, path: string) =>
      path.endsWith('/transcript') ? transcript : { id: 's', textOnly: true },
  }
  expect(await fetchTranscript(api, 's', 'txt')).toMatchObject({ draft: false })
  await expect(fetchTranscript(api, 's', 'vtt')).rejects.toThrow('--format txt')
})
