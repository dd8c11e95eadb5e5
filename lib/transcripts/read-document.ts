import { Unzip, UnzipInflate } from 'fflate'
import { plainCueText } from './cue-text.ts'
import { transcriptProblem } from './transcript-problem.ts'

const MAX_XML_BYTES = 30_000_000
/** A compressed byte gives at most a thousand. */
const PIECE_BYTES = 16_384
const parts = /^(?:word\/document\d{0,3}\.xml|content\.xml)$/
/**
 * Parts that are not read as words, by their names without a prefix: what was deleted or moved away, notes and comments,
 * measures, readings above the words, and the second form of a text box for older programs.
 */
const unread = new Set(
  (
    'delText delInstrText instrText moveFrom del posOffset pctWidth pctHeight rt Fallback tracked-changes note ' +
    'annotation ruby-text sequence-decls forms'
  ).split(' '),
)
/** What stands for a line end, a space or a sign. */
const written: Record<string, string> = {
  'tab/': '\t',
  'br/': '\n',
  'cr/': '\n',
  'line-break/': '\n',
  'noBreakHyphen/': '-',
  '/p': '\n',
  '/h': '\n',
  's/': ' ',
}
/** The arrows that Word puts in the place of "-->", as letters of a font of symbols. */
const arrows = /w:char="F0(?:E0|E8|F0)"/i

/**
 * Reads the text of a Word (DOCX) or OpenDocument (ODT) file, one line for each paragraph. Throws AppError
 * transcript.document for any other zipped file, and for one that is damaged or too large. The time it takes grows with the
 * size of the text, whatever is in it.
 */
export function readDocument(bytes: Uint8Array): string {
  const xml = unzipPart(bytes)
  const body = xml.indexOf('<office:text')
  return textOf(body === -1 ? xml : xml.slice(body))
    .split('\n')
    .map((line) => line.split('\t').map(plainCueText).join('\t'))
    .join('\n')
}

function textOf(xml: string): string {
  const pieces: string[] = []
  const isWord = /<(?:\w+:)?document\b/.test(xml.slice(0, XML_HEAD))
  let skipped: string | null = null
  let depth = 0
  let inText = !isWord
  for (let at = 0; at < xml.length; ) {
    const open = xml.indexOf('<', at)
    // Spaces between the elements of a Word file belong to the file, not to its text.
    if (skipped === null && inText) pieces.push(xml.slice(at, open === -1 ? xml.length : open))
    const close = open === -1 ? -1 : endOfTag(xml, open)
    if (close === -1) break
    const tag = xml.slice(open + 1, close)
    at = close + 1
    const [, slash = '', name = ''] = /^(\/?)(?:[\w-]+:)?([\w-]*)/.exec(tag) ?? []
    const isEmpty = tag.endsWith('/')
    if (skipped !== null) {
      if (name === skipped && !isEmpty) depth += slash ? -1 : 1
      if (depth === 0) skipped = null
      continue
    }
    if (isWord && name === 't') inText = slash === '' && !isEmpty
    if (unread.has(name) && !isEmpty && !slash) {
      skipped = name
      depth = 1
    } else if (name === 'vanish' && isEmpty && !/w:val="(?:0|false|off)"/.test(tag)) {
      // The rest of this run is hidden.
      skipped = 'r'
      depth = 1
    } else if (name === 'sym' && arrows.test(tag)) pieces.push('→')
    else if (name === 'txbxContent' && !slash) pieces.push('\n')
    else pieces.push(written[isEmpty ? `${name}/` : `${slash}${name}`] ?? '')
  }
  return pieces.join('')
}

const XML_HEAD = 2000

/** The end of a tag, after the values of its attributes, which may have the same sign; of a comment, its own end. */
function endOfTag(xml: string, open: number): number {
  if (xml.startsWith('<!--', open)) {
    const end = xml.indexOf('-->', open)
    return end === -1 ? -1 : end + 2
  }
  const first = xml.indexOf('>', open)
  let quotes = 0
  let from = open
  for (let close = first; close !== -1 && close - open < LONGEST_TAG; close = xml.indexOf('>', close + 1)) {
    for (let at = from; at < close; at += 1) if (xml[at] === '"') quotes += 1
    if (quotes % 2 === 0) return close
    from = close
  }
  return first
}

const LONGEST_TAG = 10_000

/** Unpacks the part with the text, and stops where it is larger than it may be, whatever size the file claims. */
function unzipPart(bytes: Uint8Array): string {
  const found = new Map<string, Uint8Array[]>()
  let sizeBytes = 0
  const unzip = new Unzip((file) => {
    if (!parts.test(file.name) || found.has(file.name)) return
    const chunks: Uint8Array[] = []
    found.set(file.name, chunks)
    file.ondata = (error, chunk) => {
      if (error) throw error
      sizeBytes += chunk.byteLength
      if (sizeBytes > MAX_XML_BYTES) throw new Error('The text is too large.')
      chunks.push(chunk)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
      const end = at + PIECE_BYTES
      unzip.push(bytes.subarray(at, end), end >= bytes.byteLength)
    }
  } catch (cause) {
    throw transcriptProblem('transcript.document', cause)
  }
  const [part] = [...found.entries()]
    .sort(([a], [b]) => b.localeCompare(a))
    .flatMap(([, chunks]) => (chunks.length > 0 ? [chunks] : []))
  if (!part) throw transcriptProblem('transcript.document')
  const xml = decodeXml(Buffer.concat(part))
  if (/<office:(?:spreadsheet|presentation|drawing)[\s>]/.test(xml))
    throw transcriptProblem('transcript.document')
  return xml
}

function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}
