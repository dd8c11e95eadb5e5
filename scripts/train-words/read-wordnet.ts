import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Synset = {
  lemmas: string[]
  definition: string
  examples: string[]
  /** More general synsets, by their ids. */
  hypernyms: string[]
  /** Synsets of similar meaning, by their ids. */
  similar: string[]
}

/** Reads WordNet's synsets by id, in the order of its files. `folder` contains `data.noun` and the others. */
export async function readWordNet(folder: string): Promise<Map<string, Synset>> {
  const synsets = new Map<string, Synset>()
  for (const part of ['noun', 'verb', 'adj', 'adv']) {
    const text = await readFile(join(folder, `data.${part}`), 'utf8')
    for (const line of text.split('\n')) {
      if (!/^\d{8} /.test(line)) continue
      const [record = '', gloss = ''] = line.split(' | ')
      const fields = record.split(' ')
      const lemmaCount = Number.parseInt(fields[3] ?? '0', 16)
      const lemmas = Array.from({ length: lemmaCount }, (_, place) =>
        (fields[4 + 2 * place] ?? '').replace(/\(\w+\)$/, '').replaceAll('_', ' '),
      )
      const first = 4 + 2 * lemmaCount
      const pointers = Array.from({ length: Number(fields[first] ?? 0) }, (_, place) =>
        fields.slice(first + 1 + 4 * place, first + 5 + 4 * place),
      )
      const targets = (symbols: string[]) =>
        pointers
          .filter(([symbol = '']) => symbols.includes(symbol))
          .map(([, offset = '', kind = '']) => `${kind === 's' ? 'a' : kind}${offset}`)
      const [definition = '', ...examples] = gloss.trim().split(/;\s+(?=")/)
      synsets.set(`${part === 'adv' ? 'r' : part[0]}${fields[0]}`, {
        lemmas,
        definition,
        examples: examples.flatMap((example) => example.match(/"[^"]+"/g) ?? []),
        hypernyms: targets(['@', '@i']),
        similar: targets(['&', '^', '+']),
      })
    }
  }
  return synsets
}
