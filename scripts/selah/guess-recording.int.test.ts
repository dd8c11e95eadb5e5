import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWav } from '#harness/media/make-wav.ts'
import { guessRecording } from './guess-recording.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'selah-test-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** A frame of ID3v2.3 with text in UTF-16. */
function frame(id: string, text: string): Buffer {
  const content = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const head = Buffer.alloc(10)
  head.write(id, 0, 'latin1')
  head.writeUInt32BE(content.length, 4)
  return Buffer.concat([head, content])
}

/** A tag of ID3v2.3 before something that is no sound: the tags are read before the sound. */
async function aTaggedFile(name: string, tags: Record<string, string>): Promise<string> {
  const frames = Buffer.concat(Object.entries(tags).map(([id, text]) => frame(id, text)))
  const head = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 0])
  for (let place = 0; place < 4; place += 1) head[6 + place] = (frames.length >> (7 * (3 - place))) & 0x7f
  const filePath = path.join(folder, name)
  await writeFile(filePath, Buffer.concat([head, frames, Buffer.alloc(4096)]))
  return filePath
}

const church = { timeZone: 'America/Chicago', speakers: ['Ana Ruiz'], series: [] }
const nowMs = Date.parse('2026-11-29T00:00:00Z')

test('the tags of a recording give its title, speaker, series and day', async () => {
  const filePath = await aTaggedFile('track01.mp3', {
    TIT2: 'La paz que guarda',
    TPE1: 'José Muñoz',
    TALB: 'Filipenses',
    TYER: '2024',
    TDAT: '1003',
    TLAN: 'spa',
  })
  expect(await guessRecording(filePath, church, nowMs)).toMatchObject({
    fields: { title: 'La paz que guarda', speaker: 'José Muñoz', series: 'Filipenses', language: 'es' },
    doubts: [],
  })
})

test('a recording without tags is named by its file', async () => {
  const filePath = path.join(folder, '2024-03-10 Romans 8 - Grace (Jane Doe).wav')
  await writeFile(filePath, makeWav({ durationMs: 1000 }))
  expect(await guessRecording(filePath, church, nowMs)).toMatchObject({
    fields: { preachedOn: '2024-03-10', scripture: 'Romans 8' },
  })
})

test('a time in a tag is a day in the zone of the church, and a title of a known speaker is no new person', async () => {
  const filePath = await aTaggedFile('evening.mp3', {
    TIT2: 'Evening service',
    TPE1: 'Rev. Ana Ruiz',
    TDRC: '2024-03-11T01:30:00Z',
  })
  expect(await guessRecording(filePath, church, nowMs)).toMatchObject({
    fields: { preachedOn: '2024-03-10', speaker: 'Ana Ruiz' },
  })
})

test('a date with two meanings and a title that is cut are said', async () => {
  const filePath = await aTaggedFile('10.03.24 Grace.mp3', { TIT2: 'the righteousness of God '.repeat(12) })
  expect((await guessRecording(filePath, church, nowMs)).doubts).toEqual([
    'The title was too long and is cut.',
    'The date can mean 2024-03-10 or 2024-10-03. Give it with --date.',
  ])
})
