import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A table of word meanings: near words have near vectors. Made by `npm run train-words`. */
export type WordMeanings = {
  /** The beginning of the file's sha256. */
  id: string
  dimensions: number
  /** Stems by row. */
  stems: readonly string[]
  rowOf: ReadonlyMap<string, number>
  /** Row after row; a row's values times its scale are the vector. */
  bytes: Int8Array
  scales: Float32Array
  /** Rows of the near relations of a row in WordNet. */
  neighboursOf: (row: number) => number[]
}

// The deployed web app and the jobs both run in the folder that holds `lib`.
const FILE = 'lib/search/data/word-meanings.bin'
const HEADER_BYTES = 16

let loaded: WordMeanings | undefined

/** The table that ships with the product, read once per process. */
export function wordMeanings(): WordMeanings {
  loaded ??= parseWordMeanings(readFileSync(path.join(process.cwd(), FILE)))
  return loaded
}

/** Reads the layout that `scripts/train-words/encode-table.ts` describes. */
export function parseWordMeanings(file: Buffer): WordMeanings {
  const number = (place: number) => file.readUInt32LE(place * 4)
  const [nameBytes, rows, dimensions, perRow] = [number(0), number(1), number(2), number(3)]
  const scalesAt = HEADER_BYTES + nameBytes
  const neighboursAt = scalesAt + rows * 4
  const bytesAt = neighboursAt + rows * perRow * 2
  const stems = file.toString('latin1', HEADER_BYTES, scalesAt).trimEnd().split('\n')
  return {
    id: createHash('sha256').update(file).digest('hex').slice(0, 8),
    dimensions,
    stems,
    rowOf: new Map(stems.map((stem, row) => [stem, row])),
    bytes: new Int8Array(file.subarray(bytesAt, bytesAt + rows * dimensions)),
    scales: Float32Array.from({ length: rows }, (_, row) => file.readFloatLE(scalesAt + row * 4)),
    neighboursOf: (row) =>
      Array.from({ length: perRow }, (_, place) =>
        file.readUInt16LE(neighboursAt + (row * perRow + place) * 2),
      ).filter((other) => other !== row),
  }
}

/** The sum of the meanings of terms; null where none of them has one. */
export function meaningOf(table: WordMeanings, terms: readonly string[]): Float32Array | null {
  const sum = new Float32Array(table.dimensions)
  let found = false
  for (const term of terms) found = addMeaning(table, term, sum) || found
  return found ? sum : null
}

/** Adds the vector of a stem to `sum`, `times` over. Stems without a row add nothing; returns whether one was found. */
export function addMeaning(table: WordMeanings, stem: string, sum: Float32Array, times = 1): boolean {
  const row = table.rowOf.get(stem)
  if (row === undefined) return false
  const scale = (table.scales[row] ?? 0) * times
  const from = row * table.dimensions
  for (let d = 0; d < table.dimensions; d += 1) sum[d] = (sum[d] ?? 0) + scale * (table.bytes[from + d] ?? 0)
  return true
}

/** The nearness of two stems, -1 to 1; 0 where one of them has no row. */
export function cosineOf({ rowOf, dimensions, bytes }: WordMeanings, one: string, other: string): number {
  const [first, second] = [rowOf.get(one), rowOf.get(other)]
  if (first === undefined || second === undefined) return 0
  const product = (a: number, b: number) => {
    let sum = 0
    for (let d = 0; d < dimensions; d += 1)
      sum += (bytes[a * dimensions + d] ?? 0) * (bytes[b * dimensions + d] ?? 0)
    return sum
  }
  return product(first, second) / (Math.sqrt(product(first, first) * product(second, second)) || 1)
}
