import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors.ts'
import { parseTranscriptFile } from './parse-transcript-file.ts'
import { renderVtt } from './render-vtt.ts'
import { type Transcript, transcriptSchema } from './transcript.ts'

const MINUTE_MS = 60_000

function parse(content: string | Uint8Array, options: { durationMs?: number } = {}): Transcript {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { ...parseTranscriptFile({ bytes, durationMs: options.durationMs ?? MINUTE_MS }), language: 'en' }
}

function textOf(transcript: Transcript): string {
  return transcript.words.map((word) => word.text).join(' ')
}

function reasonOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error.reason
    throw error
  }
  return 'nothing was thrown'
}

/** Small deterministic random numbers, so that a failure can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

describe('WebVTT', () => {
  it('reads cues with identifiers, settings, notes, styles, voices, tags and entities', () => {
    const transcript = parse(`WEBVTT - Sunday

STYLE
::cue { color: red }

NOTE moved 00:01.000 --> 00:02.000
not spoken

intro
00:00:01.000 --> 00:00:03.000 align:start position:0%
<v Pastor>Grace &amp; <b>peace</b> to you.

00:04.000 --> 00:06.500
<c.yellow>Amen</c> &lt;3 a < b
`)
    expect(textOf(transcript)).toBe('Grace & peace to you. Amen <3 a < b')
    expect(transcript.words[0]).toMatchObject({ text: 'Grace', startMs: 1000 })
    expect(transcript.words[4]).toMatchObject({ text: 'you.', endMs: 3000 })
    expect(transcript).toMatchObject({ source: 'upload', timing: 'cues', isDraft: false })
  })

  it('gives longer words a larger share of the time of their cue', () => {
    const [short, long] = parse('WEBVTT\n\n00:00.000 --> 00:10.000\na wonderfully\n').words
    expect((short?.endMs ?? 0) - (short?.startMs ?? 0)).toBeLessThan(
      (long?.endMs ?? 0) - (long?.startMs ?? 0),
    )
  })

  it('unrolls captions that scroll, each cue repeating the line before', () => {
    const lines = [
      'in the beginning',
      'was the word and',
      'the word was with',
      'god and the word',
      'was god the same',
      'was in the',
      'beginning with god',
    ]
    const cues = lines.map((line, index) => {
      const before = lines[index - 1]
      return `00:${String(index * 2).padStart(2, '0')}.000 --> 00:${String(index * 2 + 3).padStart(2, '0')}.000\n${before ? `${before}\n` : ''}${line}`
    })
    expect(textOf(parse(`WEBVTT\n\n${cues.join('\n\n')}\n`))).toBe(lines.join(' '))
  })

  it('keeps words that were said twice', () => {
    expect(textOf(parse('WEBVTT\n\n00:01.000 --> 00:02.000\nHoly\n\n00:02.000 --> 00:03.000\nHoly\n'))).toBe(
      'Holy Holy',
    )
  })

  it('repairs cues that overlap, run backwards or come out of order', () => {
    const transcript = parse(`WEBVTT

00:10.000 --> 00:20.000
three four

00:01.000 --> 00:15.000
one two

00:30.000 --> 00:05.000
five`)
    expect(textOf(transcript)).toBe('one two three four five')
    expect(transcript.words[1]?.endMs).toBe(10_000)
    expect(transcript.words[4]?.endMs).toBeGreaterThan(30_000)
  })

  it('refuses times that belong to a longer recording', () => {
    const cues = [50, 70, 80].map((second) => `00:${second}.000 --> 00:${second + 1}.000\nwords`)
    const vtt = `WEBVTT\n\n00:01:00.000 --> 00:01:10.000\nlate\n\n00:02:00.000 --> 00:02:10.000\nlater\n\n${cues[0]}`
    expect(reasonOf(() => parse(vtt))).toBe('transcript.wrong_times')
  })

  it('refuses a file that has a header and nothing else', () => {
    expect(reasonOf(() => parse('WEBVTT\n\nNOTE nothing'))).toBe('transcript.no_cues')
  })
})

describe('SRT', () => {
  it('reads numbered cues, also without empty lines between them', () => {
    const srt =
      '1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Grace</i>\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nand peace\r\n'
    expect(textOf(parse(srt))).toBe('Grace and peace')
  })

  it('does not read a spoken number as the number of a cue', () => {
    expect(
      textOf(parse('1\n00:00:01,000 --> 00:00:02,000\n7\n\n2\n00:00:03,000 --> 00:00:04,000\ndays\n')),
    ).toBe('7 days')
  })
})

describe('plain text', () => {
  it('times words over the whole recording and says that they are approximate', () => {
    const transcript = parse('The Lord is my shepherd. I shall not want.\n\nHe maketh me to lie down.')
    expect(transcript.timing).toBe('approximate')
    expect(transcript.words.at(-1)?.endMs).toBe(MINUTE_MS)
    expect(transcript.paragraphs).toEqual([
      { firstWord: 0, lastWord: 8 },
      { firstWord: 9, lastWord: 14 },
    ])
    expect(transcriptSchema.safeParse(transcript).success).toBe(true)
  })

  it('aligns the ends of sentences to the pauses of the recording', () => {
    const bytes = new TextEncoder().encode(
      'One two three four five. Six seven eight nine ten. Eleven twelve thirteen.',
    )
    const silences = [
      { startMs: 2600, endMs: 3600 },
      { startMs: 4300, endMs: 4550 },
      { startMs: 6500, endMs: 7700 },
    ]
    const { words } = parseTranscriptFile({ bytes, durationMs: 10_000, silences })
    expect(words[4]).toMatchObject({ text: 'five.', endMs: 2600 })
    expect(words[5]).toMatchObject({ text: 'Six', startMs: 3600 })
    expect(words[9]).toMatchObject({ text: 'ten.', endMs: 6500 })
    expect(words[10]).toMatchObject({ text: 'Eleven', startMs: 7700 })
  })

  it('refuses more text than anyone can say in the time', () => {
    expect(reasonOf(() => parse('word '.repeat(2000)))).toBe('transcript.no_speech')
  })
})

describe('encodings', () => {
  const srt = '1\n00:00:01,000 --> 00:00:02,000\nCafé “naïve” – Amen\n'
  const utf16 = (mark: boolean, swap: boolean) => {
    const buffer = Buffer.from(`${mark ? '\uFEFF' : ''}${srt}`, 'utf16le')
    return new Uint8Array(swap ? buffer.swap16() : buffer)
  }

  it.each([
    ['UTF-8', new TextEncoder().encode(srt)],
    ['UTF-8 with a byte order mark', new TextEncoder().encode(`\uFEFF${srt}`)],
    ['UTF-16 LE with a mark', utf16(true, false)],
    ['UTF-16 BE with a mark', utf16(true, true)],
    ['UTF-16 LE without a mark', utf16(false, false)],
    ['UTF-16 BE without a mark', utf16(false, true)],
    [
      'Windows-1252',
      Uint8Array.from(
        Buffer.from(srt.replace('“', '\x93').replace('”', '\x94').replace('–', '\x96'), 'latin1'),
      ),
    ],
  ])('reads %s', (_name, bytes) => {
    expect(textOf(parse(bytes))).toBe('Café “naïve” – Amen')
  })

  it.each([
    ['an empty file', new Uint8Array(0), 'transcript.empty'],
    ['white space', new TextEncoder().encode(' \n\r\n '), 'transcript.empty'],
    ['a PDF', new TextEncoder().encode('%PDF-1.7 whatever'), 'transcript.document'],
    ['a Word file', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0), 'transcript.document'],
    [
      'an audio file',
      Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256),
      'transcript.not_text',
    ],
    ['six megabytes', new Uint8Array(6_000_000).fill(65), 'transcript.too_large'],
  ])('refuses %s', (_name, bytes, reason) => {
    expect(reasonOf(() => parse(bytes))).toBe(reason)
  })
})

describe('any input', () => {
  it('gives a valid transcript or an AppError for any bytes', () => {
    const random = randomFrom(7)
    const scraps = [
      'WEBVTT\n\n',
      '00:00:01,5 --> 00:00:02,5\n',
      '00:01.0 --> 99:99.9\n',
      '-->',
      'Amen. ',
      '\n\n',
      '<v ',
      '&#x41;',
      '&#55555;',
      '9',
      '\0',
      'é',
      '“',
      '\uD800',
      '{\\an8}',
      'NOTE ',
      'word '.repeat(30),
    ]
    for (let round = 0; round < 600; round += 1) {
      const bytes =
        round % 3 === 0
          ? Uint8Array.from({ length: Math.floor(random() * 400) }, () => Math.floor(random() * 256))
          : Buffer.from(
              Array.from(
                { length: Math.floor(random() * 40) },
                () => scraps[Math.floor(random() * scraps.length)],
              ).join(''),
              round % 3 === 1 ? 'utf8' : 'utf16le',
            )
      try {
        const transcript = parse(new Uint8Array(bytes))
        expect(transcriptSchema.safeParse(transcript).error).toBeUndefined()
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }
  })

  it('is unchanged after being written as WebVTT and read again', () => {
    const random = randomFrom(42)
    const vocabulary = [
      'grace',
      'peace.',
      '“Amen”',
      '<b>',
      '&amp;',
      '-->',
      'a<b',
      '2:30',
      'naïve',
      '—',
      'Col.',
      'well…',
      'WEBVTT',
      'NOTE',
    ]
    for (let round = 0; round < 100; round += 1) {
      const count = 1 + Math.floor(random() * 120)
      const text = Array.from(
        { length: count },
        () => vocabulary[Math.floor(random() * vocabulary.length)],
      ).join(' ')
      const first = parse(`x ${text}`)
      const again = parse(renderVtt(first))
      expect(textOf(again)).toBe(textOf(first))
      const off = again.words.map((word, index) =>
        Math.abs(word.startMs - (first.words[index]?.startMs ?? 0)),
      )
      expect(Math.max(...off)).toBeLessThan(MINUTE_MS / 10)
    }
  })

  // They take seconds. In time that grows with the square of the size they take hours.
  it('processes hostile files of the greatest size', { timeout: 120_000 }, () => {
    const hostile = [
      '<'.repeat(4_900_000),
      '00:'.repeat(1_600_000),
      '. '.repeat(2_400_000),
      '\n'.repeat(4_900_000),
      '&#'.repeat(2_400_000),
      '1:1 --> 1:1\n'.repeat(400_000),
      'A. '.repeat(190_000),
      `${' '.repeat(4_900_000)}x`,
    ]
    for (const text of hostile) {
      expect(reasonOf(() => parse(text, { durationMs: 6 * 3_600_000 }))).toBeTypeOf('string')
    }
  })
})
