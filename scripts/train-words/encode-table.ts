import type { Synset } from './read-wordnet.ts'

const MAX_ROWS = 40_000
const MAX_NEIGHBOURS = 6

/**
 * Encodes the file that `lib/search/word-meanings.ts` reads: the `MAX_ROWS` most important stems, one signed byte
 * for each dimension with a scale for each row, and WordNet's nearest neighbours of each stem.
 *
 * Layout (little-endian): the byte length of the names (uint32), rows (uint32), dimensions (uint32),
 * neighbours per row (uint32); names joined by line feeds, padded with spaces to a multiple of 4; scales
 * (float32 each); neighbours (uint16 each, the row's own number where there is none); bytes.
 */
export function encodeTable(input: {
  stems: readonly string[]
  vectors: Float64Array
  dimensions: number
  importance: readonly number[]
  synsets: ReadonlyMap<string, Synset>
  termsOf: (text: string) => string[]
}): Buffer {
  const { stems, vectors, dimensions } = input
  const kept = stems
    .map((_, place) => place)
    .filter((place) => lengthOf(vectors, place, dimensions) > 1e-6 && (stems[place] ?? '').length < 30)
    .sort((a, b) => (input.importance[b] ?? 0) - (input.importance[a] ?? 0) || a - b)
    .slice(0, MAX_ROWS)
  const rows = kept.length
  const rowOf = new Map(kept.map((place, row) => [stems[place] ?? '', row]))
  const joined = kept.map((place) => stems[place]).join('\n')
  const names = Buffer.from(joined.padEnd(Math.ceil(joined.length / 4) * 4, ' '), 'latin1')
  const header = Buffer.alloc(16)
  for (const [at, value] of [names.length, rows, dimensions, MAX_NEIGHBOURS].entries()) {
    header.writeUInt32LE(value, at * 4)
  }
  const scales = Buffer.alloc(rows * 4)
  const neighbours = Buffer.alloc(rows * MAX_NEIGHBOURS * 2)
  const bytes = Buffer.alloc(rows * dimensions)
  const nearest = neighboursOf(input, kept, rowOf)
  for (const [row, place] of kept.entries()) {
    const values = vectors.subarray(place * dimensions, (place + 1) * dimensions)
    const scale = Math.max(...values.map(Math.abs)) / 127
    scales.writeFloatLE(scale, row * 4)
    for (const [d, value] of values.entries())
      bytes.writeInt8(Math.round(value / scale), row * dimensions + d)
    for (let at = 0; at < MAX_NEIGHBOURS; at += 1) {
      neighbours.writeUInt16LE(nearest[row]?.[at] ?? row, (row * MAX_NEIGHBOURS + at) * 2)
    }
  }
  return Buffer.concat([header, names, scales, neighbours, bytes])
}

/** Returns for each row the rows of its synonyms and near relations in WordNet, nearest by the vectors first. */
function neighboursOf(
  { vectors, dimensions, synsets, termsOf }: Parameters<typeof encodeTable>[0],
  kept: readonly number[],
  rowOf: ReadonlyMap<string, number>,
): number[][] {
  const single = (lemmas: readonly string[]) =>
    lemmas.flatMap((lemma) => {
      const terms = termsOf(lemma)
      const row = terms.length === 1 ? rowOf.get(terms[0] ?? '') : undefined
      return row === undefined ? [] : [row]
    })
  const found = kept.map(() => new Set<number>())
  for (const { lemmas, hypernyms, similar } of synsets.values()) {
    const own = single(lemmas)
    if (own.length === 0) continue
    const others = [...hypernyms, ...similar].flatMap((id) => single(synsets.get(id)?.lemmas ?? []))
    for (const row of own) for (const other of [...own, ...others]) if (other !== row) found[row]?.add(other)
  }
  const cosine = (a: number, b: number) => {
    const [x, y] = [kept[a] ?? 0, kept[b] ?? 0]
    let sum = 0
    for (let d = 0; d < dimensions; d += 1) {
      sum += (vectors[x * dimensions + d] ?? 0) * (vectors[y * dimensions + d] ?? 0)
    }
    return sum / (lengthOf(vectors, x, dimensions) * lengthOf(vectors, y, dimensions))
  }
  return found.map((others, row) =>
    [...others]
      .map((other) => ({ other, nearness: cosine(row, other) }))
      .sort((a, b) => b.nearness - a.nearness || a.other - b.other)
      .slice(0, MAX_NEIGHBOURS)
      .map(({ other }) => other),
  )
}

function lengthOf(vectors: Float64Array, place: number, dimensions: number): number {
  return Math.hypot(...vectors.subarray(place * dimensions, (place + 1) * dimensions))
}
