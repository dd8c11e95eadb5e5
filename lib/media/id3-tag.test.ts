import { parseBuffer } from 'music-metadata'
import { expect, test } from 'vitest'
import { writeId3Tag } from './id3-tag.ts'

const tag = {
  title: 'Der gute Hirte: Ψαλμός 23 😀',
  artist: 'Ana Ruiz',
  album: 'Psalms',
  year: '2026',
  cover: Buffer.from('\xFF\xD8\xFF\xE0 picture', 'latin1'),
  durationMs: 61_400,
  chapters: [
    { startMs: 0, title: 'Welcome' },
    { startMs: 30_500, title: 'Le berger' },
  ],
}

const read = async (bytes: Buffer) => {
  // An empty frame of sound, so that it is an MP3.
  const sound = Buffer.alloc(2000)
  sound.set([0xff, 0xfb, 0x90, 0xc4])
  return parseBuffer(Buffer.concat([bytes, sound]), { mimeType: 'audio/mpeg' }, { includeChapters: true })
}

test('a tag is read back as version 2.3 with every text, the cover and the chapters', async () => {
  const { common, format, native } = await read(writeId3Tag(tag))
  expect(Object.keys(native)).toContain('ID3v2.3')
  expect(common).toMatchObject({ title: tag.title, artist: tag.artist, album: tag.album, year: 2026 })
  expect(common.picture?.[0]).toMatchObject({ format: 'image/jpeg', type: 'Cover (front)' })
  expect(Buffer.from(common.picture?.[0]?.data ?? [])).toEqual(tag.cover)
  expect(native['ID3v2.3']?.map(({ id }) => id)).toEqual(expect.arrayContaining(['CTOC', 'CHAP']))
  expect(format.chapters?.map(({ title, start }) => [title, start])).toEqual([
    ['Welcome', 0],
    ['Le berger', 30.5],
  ])
})

test('a tag without cover, chapters or optional texts has none of them', async () => {
  const { common, native } = await read(
    writeId3Tag({ ...tag, artist: '', album: '', year: '', cover: null, chapters: [] }),
  )
  expect(common.title).toBe(tag.title)
  expect(native['ID3v2.3']?.map(({ id }) => id)).toEqual(['TIT2'])
})

test('a large cover does not end the tag early', async () => {
  const cover = Buffer.alloc(300_000, 0xff)
  cover.set([0xff, 0xd8, 0xff])
  const { common } = await read(writeId3Tag({ ...tag, cover }))
  expect(common.picture?.[0]?.data.length).toBe(cover.length)
})
