import { Unzip, UnzipInflate } from 'fflate'
import { plainCueText } from './cue-text.ts'
import { transcriptProblem } from './transcript-problem.ts'

const MAX_XML_BYTES = 30_000_000
/** A compressed byte gives at most a thousand. */
const PIECE_BYTES = 16_384
const parts = ['word/document.xml', 'content.xml']
/** What was deleted, and what a field is calculated from. */
const unread = new Set(['w:delText', 'w:instrText'])
const written: Record<string, string> = {
  'w:tab/': '\t',
  'text:tab/': '\t',
  'w:br/': '\n',
  'w:cr/': '\n',
  'text:line-break/': '\n',
  '/w:p': '\n',
  '/text:p': '\n',
  '/text:h': '\n',
  'text:s/': ' ',
}

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
  let skipped: string | null = null
  for (let at = 0; at < xml.length; ) {
    const open = xml.indexOf('<', at)
    if (skipped === null) pieces.push(xml.slice(at, open === -1 ? xml.length : open))
    const close = open === -1 ? -1 : xml.indexOf('>', open)
    if (close === -1) break
    const tag = xml.slice(open + 1, close)
    at = close + 1
    const [name = ''] = /^\/?[\w:.-]*/.exec(tag) ?? []
    const isEmpty = tag.endsWith('/')
    if (skipped !== null) {
      if (name === `/${skipped}`) skipped = null
    } else if (unread.has(name)) {
      if (!isEmpty) skipped = name
    } else pieces.push(written[isEmpty ? `${name}/` : name] ?? '')
  }
  return pieces.join('')
}

/** Unpacks the part with the text, and stops where it is larger than it may be, whatever size the file claims. */
function unzipPart(bytes: Uint8Array): string {
  const found = new Map<string, Uint8Array[]>()
  let sizeBytes = 0
  const unzip = new Unzip((file) => {
    if (!parts.includes(file.name) || found.has(file.name)) return
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
  const part = parts.map((name) => found.get(name)).find((chunks) => chunks?.length)
  if (!part) throw transcriptProblem('transcript.document')
  return new TextDecoder().decode(Buffer.concat(part))
}
