import { parseDelimited } from '#lib/text/parse-delimited.ts'
import type { Cue } from './cue.ts'
import { plainCueText } from './cue-text.ts'
import { plainLine, readClock } from './read-clock.ts'

const startNames =
  /^(?:start|begin|from|in|time ?code|time|offset|timestamp|start ?time|time ?in)(?:[ _-]?(?:time|ms|s|sec|seconds|tc))?$/i
const endNames = /^(?:end|stop|to|out|end ?time|time ?out|finish)(?:[ _-]?(?:time|ms|s|sec|seconds|tc))?$/i
const textNames =
  /^(?:text|transcript|transcription|content|body|caption|captions|subtitle|sentence|line|words|speech|utterance)$/i
const speakerNames = /^(?:speaker|speaker ?name|name|voice|who|actor|character)$/i
const delimiters = ['\t', ',', ';', '|'] as const
const MIN_TIMED_SHARE = 0.8

/** Parses a table (CSV, TSV) with a column of start times and one of text; null if the text is not such a table. */
export function parseTimedTable(text: string): Cue[] | null {
  const head = text.slice(0, 4000).split('\n')
  for (const delimiter of delimiters) {
    if (!head.some((line) => line.includes(delimiter))) continue
    const rows = parseDelimited(text, delimiter)
    const columns = findColumns(rows)
    if (columns) return readRows(rows, columns)
  }
  return null
}

type Columns = {
  start: number
  end: number
  text: number
  speaker: number
  isMs: boolean
  hasHeader: boolean
}

function findColumns(rows: string[][]): Columns | null {
  const [header = [], ...body] = rows
  const names = header.map((name) =>
    plainLine(name)
      .trim()
      .replace(/[()[\]]/g, ''),
  )
  const start = names.findIndex((name) => startNames.test(name))
  const end = names.findIndex((name) => endNames.test(name))
  const text = names.findIndex((name) => textNames.test(name))
  const speaker = names.findIndex((name) => speakerNames.test(name))
  if (start !== -1 && text !== -1 && body.length > 0) {
    const named = /ms$/i.test(names[start] ?? '')
    return isTimed(body, start)
      ? { start, end, text, speaker, isMs: named || countsMs(body, start, end), hasHeader: true }
      : null
  }
  // Without a header: start, end and text, as label tracks have them.
  const width = header.length
  if (width < 3 || !isTimed(rows, 0) || !isTimed(rows, 1)) return null
  return { start: 0, end: 1, text: width - 1, speaker: -1, isMs: countsMs(rows, 0, 1), hasHeader: false }
}

function isTimed(rows: readonly string[][], column: number): boolean {
  const timed = rows.filter((row) => readTime(row[column], false) !== null)
  return timed.length >= rows.length * MIN_TIMED_SHARE
}

/** Whether whole numbers are milliseconds: as seconds, each row would last minutes. */
function countsMs(rows: readonly string[][], start: number, end: number): boolean {
  const values = rows.flatMap((row) => [row[start], row[end]]).filter((value) => value !== undefined)
  if (values.some((value) => !/^\d*$/.test(value.trim()))) return false
  const lengths = rows.map((row, index) => {
    const to = end === -1 ? rows[index + 1]?.[start] : row[end]
    return Number(to ?? 'NaN') - Number(row[start])
  })
  const sorted = lengths.filter(Number.isFinite).toSorted((a, b) => a - b)
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) >= 200
}

function readRows(rows: string[][], columns: Columns): Cue[] {
  return (columns.hasHeader ? rows.slice(1) : rows).flatMap((row) => {
    const startMs = readTime(row[columns.start], columns.isMs)
    const endMs = columns.end === -1 ? null : readTime(row[columns.end], columns.isMs)
    const line = plainCueText((row[columns.text] ?? '').replace(/\n/g, ' '))
    if (startMs === null || line === '') return []
    const cue = { startMs: Math.max(0, startMs), endMs: Math.max(0, endMs ?? 0), lines: [line] }
    const speaker = plainCueText(row[columns.speaker] ?? '')
    return [speaker ? { ...cue, speaker } : cue]
  })
}

function readTime(value: string | undefined, isMs: boolean): number | null {
  const clean = plainLine(value ?? '').trim()
  if (/^-?\d{1,9}(?:[.,]\d{1,9})?$/.test(clean)) {
    return Math.round(Number(clean.replace(',', '.')) * (isMs ? 1 : 1000))
  }
  return readClock(clean)
}
