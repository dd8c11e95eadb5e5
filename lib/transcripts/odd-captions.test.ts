import { describe, expect, it } from 'vitest'
import { parseTranscriptFile } from './parse-transcript-file.ts'

const lines = [
  'Grace to you and peace.',
  'Let us open the Word.',
  'Blessed are the poor.',
  'Amen and amen.',
  'The Lord is good.',
]
const at = (seconds: number) => `00:00:${String(seconds).padStart(2, '0')},000`
const same = (time: string) => time

function subRip(arrow: string, spell: (time: string) => string = same): string {
  return lines
    .map(
      (line, index) => `${index + 1}\n${spell(at(index * 5))}${arrow}${spell(at(index * 5 + 4))}\n${line}\n`,
    )
    .join('\n')
}

const digitsFrom = (zero: number) => (time: string) =>
  time.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)))

const read = (content: string | Uint8Array) =>
  parseTranscriptFile({
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    durationMs: 60_000,
  })

function expectRead(content: string | Uint8Array): void {
  const { words, timing } = read(content)
  expect(timing).not.toBe('approximate')
  expect(words.map(({ text }) => text).join(' ')).toBe(lines.join(' '))
  expect(words.find(({ text }) => text === 'Lord')?.startMs).toBeGreaterThanOrEqual(20_000)
  expect(words.find(({ text }) => text === 'Amen')?.startMs).toBe(15_000)
}

describe('every line has its time, whatever is between two times', () => {
  it.each([
    ...' ---> | -->> | ~> | ⇨ | ↦ | ➙ | ⟹ | 》 | › | --› | &rarr; | &#x2192; | \\-\\-> | bis | à | through '.split(
      '|',
    ),
    ' ... ',
    '-->',
    '\t-->\t',
    '\u200b -->\u200b ',
    ' －－＞ ',
    ' ——> ',
    ' ==> ',
    ' :: ',
    ' * ',
    ' ⸺> ',
  ])('%j', (arrow) => expectRead(subRip(arrow)))
})

describe('every line has its time, however a time is spelt', () => {
  it.each<[name: string, spell: (time: string) => string]>([
    [
      'hours, minutes and seconds by letters',
      (time) => time.replace(/^(\d+):(\d+):(\d+),(\d+)$/, '$1h$2m$3s$4'),
    ],
    ['an apostrophe before the fraction', (time) => time.replace(',', '’')],
    ['no fraction', (time) => time.slice(0, 8)],
    ['one digit', (time) => time.replaceAll('00:', '0:')],
    ['microseconds', (time) => `${time}000`],
    ['points only', (time) => time.replace(/[:,]/g, '.')],
    ['ratio signs', (time) => time.replaceAll(':', '\u2236')],
    ['a date', (time) => `2024-01-07T${time.replace(',', '.')}Z`],
    ['Arabic digits', digitsFrom(0x660)],
    ['Persian digits', digitsFrom(0x6f0)],
    ['Devanagari digits', digitsFrom(0x966)],
    ['full-width digits', digitsFrom(0xff10)],
  ])('%s', (_, spell) => expectRead(subRip(' --> ', spell)))
})

describe('every line has its time, in whatever it is wrapped', () => {
  const srt = subRip(' --> ')
  it.each<[name: string, content: string | Uint8Array]>([
    ['a code block', `\`\`\`srt\n${srt}\`\`\`\n`],
    ['a sentence before it', `Here is the transcript you asked for:\n\n${srt}`],
    ['UTF-16 without a mark', Buffer.from(srt, 'utf16le')],
    ['UTF-16, other order', Buffer.from(`\ufeff${srt}`, 'utf16le').swap16()],
    ['font tags', srt.replace(/^(\p{Lu}.*)$/gmu, '<font color="#fff" face=Arial>$1</font>')],
    ['coordinates', srt.replace(/( --> .*)$/gm, '$1  X1:100 X2:200 Y1:300 Y2:400')],
    ['one line for each cue', srt.replace(/^(\d)\n(.*)\n/gm, '$1 $2 ')],
  ])('%s', (_, content) => expectRead(content))
})

describe('times that cannot be read are never published as words', () => {
  it.each<[name: string, content: string]>([
    [
      'frames without their number in a second',
      lines.map((line, i) => `{${i * 125}}{${i * 125 + 99}}${line}`).join('\n'),
    ],
    [
      'times after their lines',
      lines.map((line, i) => `${line} (0:${String(i * 5).padStart(2, '0')})`).join('\n'),
    ],
  ])('%s', (_, content) =>
    expect(() => read(content)).toThrow(expect.objectContaining({ reason: 'transcript.times_unread' })),
  )

  it('verses stay words', () => {
    const text =
      'Turn to John 3:16, and then to 4:5 with me. He is the Word. It is 10:30 now, and we read 10.03.24.'
    expect(
      read(text)
        .words.map((word) => word.text)
        .join(' '),
    ).toContain('10:30')
  })
})
