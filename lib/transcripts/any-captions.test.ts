import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors.ts'
import { parseTranscriptFile } from './parse-transcript-file.ts'

type Line = { startMs: number; endMs: number; text: string }

const word = fc.constantFrom(
  ...'grace peace Amen. mercy, “Lord” naïve 7 days 1 John it’s 40 and—so well… Jean-Luc 3:16 2024'.split(' '),
)
const captions = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 0, max: 4000 }),
      lengthMs: fc.integer({ min: 2000, max: 6000 }),
      words: fc.array(word, { minLength: 1, maxLength: 8 }),
    }),
    { minLength: 3, maxLength: 12 },
  )
  .map((parts) => {
    let at = 0
    return parts.map(({ gapMs, lengthMs, words }, index): Line => {
      const startMs = Math.round((at + gapMs) / 10) * 10
      const endMs = startMs + Math.round(lengthMs / 10) * 10
      at = endMs
      return { startMs, endMs, text: `so${index} ${words.join(' ')} end` }
    })
  })

const pad = (value: number, length = 2) => String(value).padStart(length, '0')
const clock = (ms: number, mark: string) =>
  `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}:${pad(Math.floor(ms / 1000) % 60)}${mark}${pad(ms % 1000, 3)}`
const seconds = (ms: number) => ms / 1000

const arrows = ['-->', '->', '→', '–>', '—>', '--&gt;', '-', '–', 'to', '-- >', '=>', '==>', ' ➜ ', '>>']
const marks = [',', '.', ':', ';', ', ', ' ,', ' . ', "'", '·']
const subRip = fc.record({
  arrow: fc.constantFrom(...arrows),
  mark: fc.constantFrom(...marks),
  quote: fc.constantFrom('', '"', '“'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r', '\r\r\n', '\n\n', '\r\n\r\n'),
  afterTiming: fc.constantFrom('', '\n', '\n\u00a0\n'),
  inside: fc.constantFrom(' ', '\n', '\n\n', '\n\u00a0\n', '\n \n'),
  space: fc.constantFrom(' ', '\u00a0', '\t', '\u202f'),
})

function renderSubRip(
  lines: readonly Line[],
  style: Parameters<Parameters<typeof subRip.map>[0]>[0],
): string {
  const { arrow, mark, quote, lineEnd, afterTiming, inside, space } = style
  return lines
    .map(({ startMs, endMs, text }, index) => {
      const [first = '', ...rest] = text.split(' ')
      const timing = `${quote}${clock(startMs, mark)}${quote}${space}${arrow}${space}${quote}${clock(endMs, mark)}${quote}`
      return `${index + 1}\n${timing}\n${afterTiming}${first}${inside}${rest.join(' ')}\n`
    })
    .join('\n')
    .replaceAll('\n', lineEnd)
}

const formats: Record<string, (lines: readonly Line[]) => string> = {
  WebVTT: (lines) =>
    `WEBVTT\n\n${lines.map(({ startMs, endMs, text }) => `${clock(startMs, '.')} --> ${clock(endMs, '.')} align:start\n<v Ana>${text}\n`).join('\n')}`,
  SBV: (lines) =>
    lines
      .map(({ startMs, endMs, text }) => `${clock(startMs, '.')},${clock(endMs, '.')}\n${text}\n`)
      .join('\n'),
  TSV: (lines) =>
    `start\tend\ttext\n${lines.map(({ startMs, endMs, text }) => `${startMs}\t${endMs}\t${text}`).join('\n')}`,
  CSV: (lines) =>
    `Start,End,Text\n${lines.map(({ startMs, endMs, text }) => `${clock(startMs, '.')},${clock(endMs, '.')},"${text}"`).join('\n')}`,
  'CSV with semicolons': (lines) =>
    `Start time;End time;Speaker;Text\n${lines.map(({ startMs, endMs, text }) => `${clock(startMs, ',')};${clock(endMs, ',')};Ana;"${text}"`).join('\n')}`,
  LRC: (lines) =>
    `[ti:Sunday]\n${lines.map(({ startMs, text }) => `[${clock(startMs, '.').slice(3, 11)}]${text}`).join('\n')}`,
  'SubStation Alpha': (lines) =>
    `[Events]\nFormat: Layer, Start, End, Style, Name, Text\n${lines.map(({ startMs, endMs, text }) => `Dialogue: 0,${clock(startMs, '.')},${clock(endMs, '.')},Default,,{\\i1}${text}`).join('\n')}`,
  'Podcasting 2.0': (lines) =>
    JSON.stringify({
      version: '1.0.0',
      segments: lines.map(({ startMs, endMs, text }) => ({
        startTime: seconds(startMs),
        endTime: seconds(endMs),
        body: text,
      })),
    }),
  Whisper: (lines) =>
    JSON.stringify({
      text: '',
      segments: lines.map(({ startMs, endMs, text }, id) => ({
        id,
        start: seconds(startMs),
        end: seconds(endMs),
        text: ` ${text}`,
      })),
    }),
  'whisper.cpp': (lines) =>
    JSON.stringify({
      transcription: lines.map(({ startMs, endMs, text }) => ({
        offsets: { from: startMs, to: endMs },
        text: ` ${text}`,
      })),
    }),
  Otter: (lines) =>
    lines.map(({ startMs, text }) => `Ana Ruiz  ${clock(startMs, '.').slice(0, 8)}\n${text}\n`).join('\n'),
  Rev: (lines) =>
    lines.map(({ startMs, text }) => `Speaker 1 (${clock(startMs, '.').slice(0, 8)}):\n${text}\n`).join('\n'),
  'times in brackets': (lines) =>
    lines.map(({ startMs, text }) => `[${clock(startMs, '.').slice(0, 8)}] ${text}`).join('\n'),
  'ranges in brackets': (lines) =>
    lines
      .map(({ startMs, endMs, text }) => `[${clock(startMs, '.')} --> ${clock(endMs, '.')}]  ${text}`)
      .join('\n'),
  'pasted from YouTube': (lines) =>
    lines
      .map(
        ({ startMs, text }) =>
          `${Math.floor(startMs / 60_000)}:${pad(Math.floor(startMs / 1000) % 60)}\n${text}`,
      )
      .join('\n'),
}

function check(lines: readonly Line[], content: string, toleranceMs: number): void {
  const { words } = parseTranscriptFile({ bytes: new TextEncoder().encode(content), durationMs: 3_600_000 })
  expect(words.map(({ text }) => text).join(' ')).toBe(lines.map(({ text }) => text).join(' '))
  for (const [index, { startMs }] of lines.entries()) {
    const first = words.find(({ text }) => text === `so${index}`)
    expect(Math.abs((first?.startMs ?? Number.NaN) - startMs)).toBeLessThanOrEqual(toleranceMs)
  }
}

describe('captions in any format keep every word and the time of its line', () => {
  it('SubRip, also with changes by an editor, a web page or a person', () => {
    fc.assert(
      fc.property(captions, subRip, (lines, style) => check(lines, renderSubRip(lines, style), 0)),
      { numRuns: 300 },
    )
  })

  it.each(Object.keys(formats))('%s', (name) => {
    // Formats that count whole seconds round down.
    const toleranceMs = /Otter|Rev|times in brackets|YouTube/.test(name) ? 999 : name === 'LRC' ? 10 : 0
    fc.assert(
      fc.property(captions, (lines) => check(lines, formats[name]?.(lines) ?? '', toleranceMs)),
      { numRuns: 60 },
    )
  })
})

it.each<[string, (line: number) => string]>([
  ['MicroDVD', (line) => `{${line * 50}}{${line * 50 + 40}}`],
  ['MPL2', (line) => `[${line * 20}][${line * 20 + 10}]`],
  ['TMPlayer', (line) => `00:00:0${line}:`],
  ['two times for one line', (line) => `[00:0${line}.00][00:1${line}.00]`],
])('times of an unknown form are refused and are never words: %s', (_, timing) => {
  const text = [1, 2, 3, 4].map((line) => `${timing(line)}so it is ${line} times`).join('\n')
  const parse = () => parseTranscriptFile({ bytes: new TextEncoder().encode(text), durationMs: 60_000 })
  expect(parse).toThrow('This file has times that we cannot read')
})

it('any text gives words or an AppError, and never a full clock time as several words', () => {
  const scrap = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '00:00:01,000 --> ',
      '00:00:02,500\n',
      '\n',
      '1\n',
      '{"segments":[',
      'start\tend\ttext\n',
      '[00:01]',
      'Dialogue: ',
      'WEBVTT\n',
      'grace ',
    ),
  )
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 40 }), (scraps) => {
      try {
        const { words } = parseTranscriptFile({
          bytes: new TextEncoder().encode(scraps.join('')),
          durationMs: 3_600_000,
        })
        expect(words.filter(({ text }) => /^\d\d:\d\d:\d\d[.,]\d{3}$/.test(text)).length).toBeLessThan(3)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }),
    { numRuns: 300 },
  )
  // It takes two seconds of processor time, and other programs may use the machine.
}, 30_000)
