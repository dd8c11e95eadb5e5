import { closeSync, openSync, readSync } from 'node:fs'

/** Reads the first bytes of a file, to guess what kind of file was uploaded. */
export function readHead(inputFile: string, sizeBytes = 4096): Buffer {
  const file = openSync(inputFile, 'r')
  try {
    const head = Buffer.alloc(sizeBytes)
    return head.subarray(0, readSync(file, head, 0, sizeBytes, 0))
  } finally {
    closeSync(file)
  }
}

/** The reason why no allowed format could open a file, judged by its first bytes. */
export function reasonForUnopenable(head: Buffer): string {
  const text = head
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '')
    .trimStart()
  if (/^(#EXTM3U|ffconcat|\[playlist\]|<\?xml[^>]*>\s*<(MPD|playlist)|<MPD|file\s+['"\S])/i.test(text)) {
    return 'media.playlist'
  }
  if (head.subarray(4, 8).toString('latin1') === 'ftyp') return 'media.truncated'
  return 'media.not_audio'
}
