import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { bibleBooks } from '#lib/scripture/bible-books.ts'

const run = promisify(execFile)

/** OSIS names by the names that SWORD gives the books, such as `II Samuel`. */
const osisOf = new Map(bibleBooks.map(({ osis, name }) => [swordName(name), osis]))

function swordName(name: string): string {
  if (name === 'Song of Songs') return 'Song of Solomon'
  if (name === 'Revelation') return 'Revelation of John'
  return name.replace(/^[123](?= )/, (digit) => 'I'.repeat(Number(digit)))
}

/** Reads a Bible of the SWORD library: verse texts by OSIS reference (`Gen.1.1`), in canonical order. */
export async function readBible(module: string): Promise<Map<string, string>> {
  const verses = new Map<string, string>()
  for (const [key, body] of await readModule(module)) {
    const [, name = '', chapter, verse] = /^(.+) (\d+):(\d+)$/.exec(key) ?? []
    const osis = osisOf.get(name)
    if (osis && chapter !== '0' && verse !== '0') verses.set(`${osis}.${chapter}.${verse}`, plainText(body))
  }
  return verses
}

/** Reads the headings of a topical Bible, each with its OSIS references (`Exod.6.16-Exod.6.20`). */
export async function readTopics(module: string): Promise<{ heading: string; references: string[] }[]> {
  return (await readModule(module)).flatMap(([key, body]) =>
    body.split('→').map((part) => ({
      heading: `${key} ${plainText(part.replace(/<ref[^>]*>.*?<\/ref>/gs, ' ').replace(/[*;,]/g, ' '))}`,
      references: [...part.matchAll(/osisRef="([^"]+)"/g)].map(([, reference = '']) => reference),
    })),
  )
}

async function readModule(module: string): Promise<[key: string, body: string][]> {
  const { stdout } = await run('mod2imp', [module], { maxBuffer: 256 * 1024 * 1024 })
  return stdout
    .split('$$$')
    .slice(1)
    .map((entry) => {
      const end = entry.indexOf('\n')
      return [entry.slice(0, end).trim(), entry.slice(end + 1)]
    })
}

function plainText(markup: string): string {
  return markup
    .replace(/<note\b.*?<\/note>/gs, ' ')
    .replace(/<title\b.*?<\/title>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
