/** What is written before the frames of an MP3. */
export type Id3Tag = {
  title: string
  artist: string
  album: string
  /** Four digits, or empty. */
  year: string
  /** A JPEG. */
  cover: Uint8Array | null
  durationMs: number
  chapters: readonly { startMs: number; title: string }[]
}

/** UTF-16 with a byte order mark: the only encoding of version 2.3 for every language. */
const UTF_16 = 1
const FRONT_COVER = 3
/** The table of contents is ordered, and the only one. */
const TOP_LEVEL_ORDERED = 3
/** Chapters have times, no places in the file. */
const NO_OFFSET = 0xffff_ffff
/** The number of chapters is one byte. */
const MAX_CHAPTERS = 255

const HEADER_BYTES = 10
/** Tags end at a multiple of this, so that a file rarely changes its length when its tag does. */
const PADDED_TO_BYTES = 65_536

/**
 * An ID3v2.3 tag, the version that every player reads, followed by padding. Empty texts are left out.
 */
export function writeId3Tag(tag: Id3Tag): Buffer {
  const chapters = tag.chapters.slice(0, MAX_CHAPTERS)
  const frames = Buffer.concat([
    textFrame('TIT2', tag.title),
    textFrame('TPE1', tag.artist),
    textFrame('TALB', tag.album),
    textFrame('TYER', tag.year),
    ...(tag.cover ? [coverFrame(tag.cover)] : []),
    ...(chapters.length > 0 ? [contentsFrame(chapters.length)] : []),
    ...chapters.map((chapter, index) =>
      chapterFrame(index, chapter, chapters[index + 1]?.startMs ?? tag.durationMs),
    ),
  ])
  const header = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 0])
  const wholeBytes = Math.ceil((HEADER_BYTES + frames.length) / PADDED_TO_BYTES) * PADDED_TO_BYTES
  const bodyBytes = wholeBytes - HEADER_BYTES
  // Seven bits a byte, so that no byte looks like the begin of a frame of sound.
  for (let place = 0; place < 4; place += 1) header[9 - place] = (bodyBytes >> (7 * place)) & 0x7f
  return Buffer.concat([header, frames, Buffer.alloc(bodyBytes - frames.length)])
}

/** How many bytes the tag takes with which a file begins; 0 without one. `head` are at least its first ten bytes. */
export function measureId3Tag(head: Uint8Array): number {
  if (head.length < HEADER_BYTES || Buffer.from(head.subarray(0, 3)).toString('latin1') !== 'ID3') return 0
  return HEADER_BYTES + head.subarray(6, HEADER_BYTES).reduce((size, byte) => size * 128 + (byte & 0x7f), 0)
}

function frame(id: string, body: Buffer): Buffer {
  const header = Buffer.alloc(10)
  header.write(id, 'latin1')
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}

function textFrame(id: string, text: string): Buffer {
  if (!text) return Buffer.alloc(0)
  return frame(id, Buffer.concat([Buffer.from([UTF_16, 0xff, 0xfe]), Buffer.from(text, 'utf16le')]))
}

function coverFrame(jpeg: Uint8Array): Buffer {
  const head = Buffer.concat([
    Buffer.from([0]),
    Buffer.from('image/jpeg\0', 'latin1'),
    Buffer.from([FRONT_COVER, 0]),
  ])
  return frame('APIC', Buffer.concat([head, jpeg]))
}

const chapterId = (index: number) => Buffer.from(`chp${index}\0`, 'latin1')

function contentsFrame(count: number): Buffer {
  const ids = Array.from({ length: count }, (_, index) => chapterId(index))
  return frame(
    'CTOC',
    Buffer.concat([Buffer.from('toc\0', 'latin1'), Buffer.from([TOP_LEVEL_ORDERED, count]), ...ids]),
  )
}

function chapterFrame(
  index: number,
  { startMs, title }: { startMs: number; title: string },
  endMs: number,
): Buffer {
  const times = Buffer.alloc(16)
  times.writeUInt32BE(Math.round(startMs), 0)
  times.writeUInt32BE(Math.round(Math.max(startMs, endMs)), 4)
  times.writeUInt32BE(NO_OFFSET, 8)
  times.writeUInt32BE(NO_OFFSET, 12)
  return frame('CHAP', Buffer.concat([chapterId(index), times, textFrame('TIT2', title)]))
}
