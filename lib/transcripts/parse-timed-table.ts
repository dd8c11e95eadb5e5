import { parseDelimited } from '#lib/text/parse-delimited.ts'
import { countMs } from './count-ms.ts'
import type { Cue } from './cue.ts'
import { plainCueText } from './cue-text.ts'
import { areNames, nameIn } from './name-speakers.ts'
import { plainLine, readClock } from './read-clock.ts'

const startNames =
  /^(?:start|begin|from|in|time ?code|time|offset|timestamp|start ?time|time ?in)(?:[ _-]?(?:time|ms|s|sec|seconds|tc))?$/i
const endNames = /^(?:end|stop|to|out|end ?time|time ?out|finish)(?:[ _-]?(?:time|ms|s|sec|seconds|tc))?$/i
const textNames =
  /^(?:text|transcript|transcription|content|body|caption|captions|subtitle|sentence|line|words|speech|utterance)$/i
const speakerNames = /^(?:speaker|speaker ?name|name|voice|who|actor|character)$/i
/** The comma is last: it can also be the decimal sign of the times. */
const delimiters = ['\t', ';', '|', ','] as const
const MIN_TIMED_SHARE = 0.8
const LONGEST_LINE_S = 200

/** Parses a table (CSV, TSV) with a column of start times and one of text; null if the text is not such a table. */
export function parseTimedTable(table: string): Cue[] | null {
  // Audacity writes the frequencies of a label on a line of their own.
  const text = table.replace(/^\\\t.*\n?/gm, '')
  const head = text.slice(0, 4000).split('\n')
  const tables = delimiters
    .filter((delimiter) => head.some((line) => line.includes(delimiter)))
    .map((delimiter) => parseDelimited(text, delimiter))
  for (const find of [findByName, findByContent]) {
    for (const rows of tables) {
      const columns = find(rows)
      if (columns) return readRows(rows, columns)
    }
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

function findByName(rows: string[][]): Columns | null {
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
  if (start === -1 || text === -1 || body.length === 0 || !isTimed(body, start)) return null
  const isMs = /ms$/i.test(names[start] ?? '') || countsMs(body, start, end)
  return { start, end, text, speaker, isMs, hasHeader: true }
}

const MIN_ROWS = 3
const MIN_WORDS = 1.5

/**
 * The columns of a table with other names or without names. Of the columns with times the first whose values increase is the start, and one whose values are later the end. The
 * text is the column with the most words, and the speaker another one with few different values.
 */
function findByContent(table: string[][]): Columns | null {
  const hasHeader = !table[0]?.some((value) => readTime(value, false) !== null)
  const rows = hasHeader ? table.slice(1) : table
  const width = Math.max(...rows.map((row) => row.length))
  const isTable = rows.length >= MIN_ROWS && width > 1 && rows.every((row) => row.length >= width - 1)
  if (!isTable) return null
  const columns = Array.from({ length: width }, (_, index) => index)
  const timed = columns.filter((column) => isTimed(rows, column))
  const valuesOf = (column: number) => rows.map((row) => readTime(row[column], false) ?? Number.NaN)
  const start = timed.find((column) => rises(valuesOf(column)) && !isNumbering(rows, column))
  if (start === undefined) return null
  const starts = valuesOf(start)
  const isLater = (column: number) =>
    valuesOf(column).filter((value, index) => value > (starts[index] ?? 0)).length >=
    rows.length * MIN_TIMED_SHARE
  const others = timed.filter((column) => column > start && isLater(column))
  const end = others.find((column) => rises(valuesOf(column))) ?? -1
  const wordsOf = (column: number) =>
    rows.reduce(
      (sum, row) => sum + (row[column] ?? '').split(/\s+/).filter((word) => /\p{L}/u.test(word)).length,
      0,
    )
  const texts = columns
    .filter((column) => !timed.includes(column))
    .toSorted((a, b) => wordsOf(b) - wordsOf(a))
  const [text] = texts
  if (text === undefined || wordsOf(text) < rows.length * MIN_WORDS) return null
  const speaker = texts.find((column) => {
    const names = rows.map((row) => row[column] ?? '').filter((name) => name !== '')
    return (
      column !== text && column < text && names.length >= rows.length * MIN_TIMED_SHARE && areNames(names)
    )
  })
  return { start, end, text, speaker: speaker ?? -1, isMs: countsMs(rows, start, end), hasHeader }
}

function rises(values: readonly number[]): boolean {
  const steps = values.slice(1).filter((value, index) => value >= (values[index] ?? 0))
  return steps.length >= (values.length - 1) * 0.9 && (values.at(-1) ?? 0) > (values[0] ?? 0)
}

/** Whether a column counts its rows: 1, 2, 3. */
function isNumbering(rows: readonly string[][], column: number): boolean {
  const values = rows.map((row) => row[column]?.trim() ?? '')
  return values.every((value, index) => /^\d+$/.test(value) && Number(value) - Number(values[0]) === index)
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
  return countMs([], lengths, LONGEST_LINE_S)
}

function readRows(rows: string[][], columns: Columns): Cue[] {
  return (columns.hasHeader ? rows.slice(1) : rows).flatMap((row) => {
    const startMs = readTime(row[columns.start], columns.isMs)
    const endMs = columns.end === -1 ? null : readTime(row[columns.end], columns.isMs)
    const line = plainCueText((row[columns.text] ?? '').replace(/\n/g, ' '))
    if (startMs === null || line === '') return []
    const cue = { startMs: Math.max(0, startMs), endMs: Math.max(0, endMs ?? 0), lines: [line] }
    const speaker = nameIn(plainCueText(row[columns.speaker] ?? ''))
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
