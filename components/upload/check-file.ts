const audioExtension =
  /\.(?:mp3|m4a|m4b|mp4|m4v|mov|aac|wav|wave|bwf|flac|ogg|oga|opus|webm|mka|mkv|aif|aiff|aifc|caf|amr|3gp|wma|mp2|ac3|ape|wv)$/i
const transcriptExtension = /\.(?:vtt|srt|txt)$/i
const playlistExtension = /\.(?:m3u8?|pls|xspf|cue|asx)$/i

/** The first bytes of kinds of files that are never a recording, whatever they are called. */
const signatures: { bytes: number[]; kind: string }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], kind: 'a picture' },
  { bytes: [0x47, 0x49, 0x46, 0x38], kind: 'a picture' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'a document or a ZIP file' },
  { bytes: [0x52, 0x61, 0x72, 0x21], kind: 'an archive' },
  { bytes: [0x4d, 0x5a], kind: 'a program' },
]

function megabytes(bytes: number): string {
  const mb = bytes / (1024 * 1024)
  return mb >= 1024 ? `${(mb / 1024).toFixed(1).replace('.0', '')} GB` : `${Math.round(mb)} MB`
}

/** What can be said of a file before a byte of it is sent. */
export type FileFacts = {
  name: string
  type: string
  sizeBytes: number
  /** The first bytes of the file, 16 or more. */
  firstBytes: Uint8Array
}

/**
 * A sentence that says why a file is plainly not a recording, or `null` when it may be one. Only the
 * server can tell for certain: a doubtful file is let through, and the sermon says what was wrong.
 */
export function refuseFile(file: FileFacts, limits: { maxSizeBytes: number }): string | null {
  if (file.sizeBytes === 0) {
    return 'This file is empty. Check the recording, then choose it again.'
  }
  if (file.sizeBytes > limits.maxSizeBytes) {
    return `This file is ${megabytes(file.sizeBytes)}. The most this church can keep is ${megabytes(limits.maxSizeBytes)} a recording. Save it as MP3 or M4A, then choose that.`
  }
  if (transcriptExtension.test(file.name)) {
    return 'This is a text, not a recording. Open its sermon and add it there as the transcript.'
  }
  const start = new TextDecoder('latin1').decode(file.firstBytes).trimStart().toLowerCase()
  if (playlistExtension.test(file.name) || start.startsWith('#extm3u')) {
    return 'This is a playlist: it names recordings and holds none. Choose the recording itself.'
  }
  const signature = signatures.find(({ bytes }) => bytes.every((byte, i) => file.firstBytes[i] === byte))
  if (signature) return `This is ${signature.kind}, not a recording. Choose an audio or video file.`
  if (start.startsWith('<!doctype') || start.startsWith('<html') || start.startsWith('<?xml')) {
    return 'This is a web page, not a recording. Choose an audio or video file.'
  }
  const saysOtherwise = /^(?:image|text|font)\//.test(file.type) || file.type === 'application/pdf'
  if (saysOtherwise && !audioExtension.test(file.name)) {
    return 'This does not look like a recording. Choose an audio or video file.'
  }
  return null
}
