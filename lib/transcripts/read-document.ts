import { strFromU8, unzipSync } from 'fflate'
import { plainCueText } from './cue-text.ts'
import { transcriptProblem } from './transcript-problem.ts'

const MAX_XML_BYTES = 30_000_000
const parts = new Set(['word/document.xml', 'content.xml'])

/**
 * Reads the text of a Word (DOCX) or OpenDocument (ODT) file, one line for each paragraph. Throws AppError
 * transcript.document for any other zipped file, and for one that is damaged or too large.
 */
export function readDocument(bytes: Uint8Array): string {
  const xml = unzipPart(bytes)
  const body = xml.includes('<office:text')
    ? xml.slice(xml.indexOf('<office:text'))
    : xml.replace(/<w:(?:delText|instrText)\b[^>]*>[^<]*<\/w:(?:delText|instrText)>/g, '')
  return body
    .replace(/<(?:w:tab|text:tab)\b[^>]*\/>/g, '\t')
    .replace(/<(?:w:br|w:cr|text:line-break)\b[^>]*\/>|<\/(?:w:p|text:p|text:h)>/g, '\n')
    .replace(/<text:s\b[^>]*\/>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .split('\n')
    .map((line) => line.split('\t').map(plainCueText).join('\t'))
    .join('\n')
}

function unzipPart(bytes: Uint8Array): string {
  try {
    const files = unzipSync(bytes, {
      filter: (file) => parts.has(file.name) && file.originalSize <= MAX_XML_BYTES,
    })
    const part = files['word/document.xml'] ?? files['content.xml']
    if (part) return strFromU8(part)
  } catch (cause) {
    throw transcriptProblem('transcript.document', cause)
  }
  throw transcriptProblem('transcript.document')
}
