import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

const books = {
  Genesis: 'Gen',
  Exodus: 'Exod',
  Leviticus: 'Lev',
  Numbers: 'Num',
  Deuteronomy: 'Deut',
  Joshua: 'Josh',
  Judges: 'Judg',
  Ruth: 'Ruth',
  'I Samuel': '1Sam',
  'II Samuel': '2Sam',
  'I Kings': '1Kgs',
  'II Kings': '2Kgs',
  'I Chronicles': '1Chr',
  'II Chronicles': '2Chr',
  Ezra: 'Ezra',
  Nehemiah: 'Neh',
  Esther: 'Esth',
  Job: 'Job',
  Psalms: 'Ps',
  Proverbs: 'Prov',
  Ecclesiastes: 'Eccl',
  'Song of Solomon': 'Song',
  Isaiah: 'Isa',
  Jeremiah: 'Jer',
  Lamentations: 'Lam',
  Ezekiel: 'Ezek',
  Daniel: 'Dan',
  Hosea: 'Hos',
  Joel: 'Joel',
  Amos: 'Amos',
  Obadiah: 'Obad',
  Jonah: 'Jonah',
  Micah: 'Mic',
  Nahum: 'Nah',
  Habakkuk: 'Hab',
  Zephaniah: 'Zeph',
  Haggai: 'Hag',
  Zechariah: 'Zech',
  Malachi: 'Mal',
  Matthew: 'Matt',
  Mark: 'Mark',
  Luke: 'Luke',
  John: 'John',
  Acts: 'Acts',
  Romans: 'Rom',
  'I Corinthians': '1Cor',
  'II Corinthians': '2Cor',
  Galatians: 'Gal',
  Ephesians: 'Eph',
  Philippians: 'Phil',
  Colossians: 'Col',
  'I Thessalonians': '1Thess',
  'II Thessalonians': '2Thess',
  'I Timothy': '1Tim',
  'II Timothy': '2Tim',
  Titus: 'Titus',
  Philemon: 'Phlm',
  Hebrews: 'Heb',
  James: 'Jas',
  'I Peter': '1Pet',
  'II Peter': '2Pet',
  'I John': '1John',
  'II John': '2John',
  'III John': '3John',
  Jude: 'Jude',
  'Revelation of John': 'Rev',
}
const osisOf = new Map<string, string>(Object.entries(books))

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
