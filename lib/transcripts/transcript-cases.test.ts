import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { AppError } from '#lib/errors.ts'
import { parseTranscriptFile } from './parse-transcript-file.ts'

const folder = findSharedData('cases')
const files = folder && existsSync(folder) ? readdirSync(folder) : []
const of = (pattern: RegExp) => files.filter((file) => pattern.test(file))

function read(
  file: string,
  options: { durationMs?: number; shift?: 'auto'; silences?: { startMs: number; endMs: number }[] } = {},
) {
  const bytes = readFileSync(path.join(folder ?? '', file))
  return parseTranscriptFile({ bytes, durationMs: 10_000, ...options })
}

const textOf = (file: string, options = {}) =>
  read(file, options)
    .words.map((word) => word.text)
    .join(' ')
const startOf = (file: string, text: string, options = {}) =>
  read(file, options).words.find((word) => word.text === text)?.startMs

function reasonOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error.reason
    throw error
  }
  return 'nothing was thrown'
}

/** Those of 23-speech60-silence60.m4a. */
const silences = [{ startMs: 60_000, endMs: 120_000 }]
const sermon =
  'Grace to you, brothers and sisters. Our text is in Romans. He did not spare his own Son. Let us pray.'

describe.skipIf(files.length === 0)('the files of shared/data/cases (skipped without them)', () => {
  it.each(of(/^(?:17[ace]|18)/))('%s: every word, with the time of its cue', (file) => {
    expect(textOf(file)).toBe(sermon)
    expect(startOf(file, 'Our')).toBe(3500)
    expect(startOf(file, 'Grace')).toBe(file.startsWith('18d') ? 0 : 1000)
  })

  it.each(of(/^17[bf]/))('%s: the words after an empty line stay in their cue', (file) => {
    expect(textOf(file)).toContain('sisters. First half second half He did')
    expect(startOf(file, 'second')).toBeGreaterThan(3500)
  })

  it.each(of(/^17h/))('%s: both stanzas are kept', (file) => {
    expect(textOf(file)).toContain(
      'a wretch like me I once was lost but now am found was blind but now I see Our text',
    )
  })

  it.each(of(/^19[efgijks]/))('%s: every word, with the time of its line', (file) => {
    expect(textOf(file)).toBe(sermon)
    expect(startOf(file, 'Grace')).toBe(1000)
    expect(startOf(file, 'He')).toBe(6000)
  })

  it.each(['19a-podcast.json', '19c-youtube.sbv'])('%s: every word, with the time of its line', (file) => {
    expect(textOf(file)).toBe('Grace to you and peace')
    expect(startOf(file, 'Grace')).toBe(500)
    expect(startOf(file, 'and')).toBe(2500)
  })

  it('19b and 19n: words keep the times they were given', () => {
    expect(read('19b-whisper.json')).toMatchObject({
      timing: 'words',
      words: [
        { text: 'Grace', startMs: 500, endMs: 900 },
        { text: 'to', startMs: 900, endMs: 1200 },
        { text: 'you', startMs: 1200, endMs: 2100 },
      ],
    })
    expect(read('19n-aws.json').words).toEqual([{ text: 'Grace', startMs: 500, endMs: 900 }])
  })

  it('19d: a text pasted from YouTube keeps its times', () => {
    expect(textOf('19d-pasted-youtube.txt')).toBe('grace to you and peace let us pray')
    expect(startOf('19d-pasted-youtube.txt', 'let')).toBe(7000)
  })

  it('19q: a web page is refused', () => {
    expect(reasonOf(() => read('19q-page.html'))).toBe('transcript.web_page')
  })

  it.each([
    ['20a-cp1251.srt', 'Благодать вам, братья'],
    ['20b-cp1255.srt', 'שלום לכם, אחים!'],
    ['20b-gb18030.srt', '我的恩典够你用的。'],
    ['20c-one-bad-byte.srt', '“brothers” and we’re'],
    ['20d-koi8r.srt', 'Благодать вам, братья'],
    ['20h-truncated-utf8.srt', 'Let’s pray, it’s late'],
    ['20i-double-encoded.srt', 'We’re here, “brothers” and sisters.'],
    ['20j-macroman.srt', 'We’re here, “brothers” and sisters. Noël and José'],
    ['20l-greek1253.srt', 'Χάρις σε εσάς, αδελφοί.'],
  ])('%s: the letters are decoded correctly', (file, text) => {
    expect(textOf(file)).toContain(text)
  })

  it.each([
    ['21-starts-at-one.srt', 10_000, 1000],
    ['21c-offset-12min.srt', 10_000, 1000],
    ['21d-0059.srt', 20_000, 0],
  ])('%s: the shift is proposed, and applied when it is accepted', (file, durationMs, startMs) => {
    expect(reasonOf(() => read(file, { durationMs }))).toBe('transcript.late_times')
    expect(startOf(file, 'Grace', { durationMs, shift: 'auto' })).toBe(startMs)
    expect(textOf(file, { durationMs, shift: 'auto' })).toBe(sermon)
  })

  it('23: a litany is kept whole', () => {
    const text = textOf('23-litany-over-speech.srt', { durationMs: 120_000, silences })
    expect(text.match(/Lord, have mercy\./g)).toHaveLength(12)
  })

  it('23: a phrase that a recogniser repeats over silence is left out', () => {
    const options = { durationMs: 120_000, silences }
    expect(textOf('23-thank-you-loop.srt', options)).toBe(sermon)
  })

  it('23: what is left out is named with its times', () => {
    const { leftOut = [] } = read('23-thank-you-loop.srt', { durationMs: 120_000, silences })
    expect(leftOut.length).toBeGreaterThan(2)
    expect(new Set(leftOut.map(({ text }) => text)).size).toBe(1)
    for (const { startMs } of leftOut) expect(startMs).toBeGreaterThan(55_000)
  })
})
