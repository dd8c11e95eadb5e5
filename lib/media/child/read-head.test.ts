import { describe, expect, it } from 'vitest'
import { reasonForUnopenable } from './read-head.ts'

describe('reasonForUnopenable', () => {
  it.each([
    ['an HLS playlist', '#EXTM3U\n#EXTINF:6,\nhttp://example.com/a.ts', 'media.playlist'],
    ['a playlist after a byte order mark', '\xEF\xBB\xBF#EXTM3U\n', 'media.playlist'],
    ['a concat list', "ffconcat version 1.0\nfile 'a.mp3'", 'media.playlist'],
    ['a concat list without its header', "file 'a.mp3'\n", 'media.playlist'],
    ['a PLS playlist', '[playlist]\nFile1=http://example.com', 'media.playlist'],
    ['a DASH manifest', '<?xml version="1.0"?>\n<MPD type="static">', 'media.playlist'],
    ['the beginning of an m4a', '\0\0\0\x1cftypM4A \0\0', 'media.truncated'],
    ['a letter', 'Dear church, the file you asked for', 'media.not_audio'],
    ['nothing', '', 'media.not_audio'],
  ])('recognises %s by its first bytes', (_name, head, reason) => {
    expect(reasonForUnopenable(Buffer.from(head, 'latin1'))).toBe(reason)
  })
})
