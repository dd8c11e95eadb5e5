import type { MessageKey } from '#lib/messages/languages.ts'

const audioExtension =
  /\.(?:mp3|m4a|m4b|mp4|m4v|mov|avi|mts|m2ts|wmv|asf|aac|wav|wave|bwf|flac|ogg|oga|opus|webm|mka|mkv|aif|aiff|aifc|caf|amr|3gp|wma|mp2|ac3|ape|wv)$/i
const transcriptExtension = /\.(?:vtt|srt|sbv|tsv|csv|lrc|ass|ssa|json|docx?|odt|txt)$/i
/** Names of files that are never a recording, for programs that do not know the type of a file. */
const otherExtension =
  /\.(?:pdf|png|jpe?g|gif|webp|heic|avif|svg|bmp|tiff?|md|html?|xml|css|js|rtf|epub|pages|key|numbers|pptx?|xlsx?|ods|odp|zip|rar|7z|gz|tar|exe|msi|dmg|iso|ttf|otf|woff2?|lnk|url|webloc|part|crdownload|tmp)$/i
const playlistExtension = /\.(?:m3u8?|pls|xspf|cue|asx)$/i

/** The first bytes of file types that are never a recording, under any name. */
const signatures: { bytes: number[]; message: MessageKey<'upload'> }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], message: 'isPdf' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], message: 'isPicture' },
  { bytes: [0xff, 0xd8, 0xff], message: 'isPicture' },
  { bytes: [0x47, 0x49, 0x46, 0x38], message: 'isPicture' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], message: 'isDocument' },
  { bytes: [0x52, 0x61, 0x72, 0x21], message: 'isArchive' },
  { bytes: [0x4d, 0x5a], message: 'isProgram' },
]

/** Whether a file is named as a recording. */
export const isRecordingName = (name: string): boolean => audioExtension.test(name)

/** Why a file is not accepted as a recording. */
export type FileProblem =
  | { kind: 'refused'; message: MessageKey<'upload'> }
  | { kind: 'too-large'; sizeBytes: number; maxSizeBytes: number }

const refused = (message: MessageKey<'upload'>): FileProblem => ({ kind: 'refused', message })

/** The facts about a file before it is uploaded. `type` is empty where it is not known. */
export type FileFacts = {
  name: string
  type: string
  sizeBytes: number
  /** The first bytes of the file, 16 or more. */
  firstBytes: Uint8Array
}

/**
 * Why a file is certainly not a recording, or `null` if it may be one. The form and the command line ask it before anything
 * is sent. A doubtful file is accepted; the server checks it after the upload.
 */
export function refuseFile(file: FileFacts, limits: { maxSizeBytes: number }): FileProblem | null {
  if (file.name.startsWith('._')) {
    return refused('isLeftover')
  }
  if (file.sizeBytes === 0) {
    return refused('isEmpty')
  }
  if (file.sizeBytes > limits.maxSizeBytes) {
    return { kind: 'too-large', sizeBytes: file.sizeBytes, maxSizeBytes: limits.maxSizeBytes }
  }
  if (transcriptExtension.test(file.name)) {
    return refused('isText')
  }
  const start = new TextDecoder('latin1').decode(file.firstBytes).trimStart().toLowerCase()
  if (playlistExtension.test(file.name) || start.startsWith('#extm3u')) {
    return refused('isPlaylist')
  }
  const signature = signatures.find(({ bytes }) => bytes.every((byte, i) => file.firstBytes[i] === byte))
  if (signature) return refused(signature.message)
  if (start.startsWith('<!doctype') || start.startsWith('<html') || start.startsWith('<?xml')) {
    return refused('isWebPage')
  }
  const hasOtherType = /^(?:image|text|font)\//.test(file.type) || file.type === 'application/pdf'
  if (otherExtension.test(file.name) || (hasOtherType && !audioExtension.test(file.name))) {
    return refused('notRecording')
  }
  return null
}
