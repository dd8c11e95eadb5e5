import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMessages } from '#lib/messages/read-messages.ts'
import type { Api } from './connect-api.ts'
import { importRecordings } from './import-recordings.ts'
import { importSermon } from './import-sermon.ts'
import { importTexts } from './import-texts.ts'

let folder: string
const sent: string[] = []
const words = readMessages('en').upload
/** A server that is never asked anything. */
const api: Api = {
  url: 'http://selah.invalid',
  async request(method, address) {
    sent.push(`${method} ${address}`)
    if (address !== '/api/v1/church') throw new Error(`${method} ${address} was sent`)
    return { timeZone: 'UTC', speakers: [], series: [] }
  },
  close: async () => {},
}
const options = { publish: false, wait: false, shift: false }
const silent = () => {}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'selah-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function given(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return file
}

test.each([
  ['empty.mp3', '', words.isEmpty],
  ['._sunday.mp3', '\0\u0005\u0016\u0007', words.isLeftover],
  ['sunday.mp3', '%PDF-1.7 and more', words.isPdf],
  ['sunday.srt', '1\n00:00:01,000 --> 00:00:02,000\nGrace', words.isText],
  ['list.m3u8', '#EXTM3U', words.isPlaylist],
  ['page.mp3', '<!doctype html>', words.isWebPage],
  ['notes.md', 'Notes', words.notRecording],
  ['slides.pptx', 'PK\u0003\u0004', words.isDocument],
])('%s is refused with the sentence of the form before anything is sent', async (name, content, sentence) => {
  const file = await given(name, content)
  await expect(importSermon(api, file, options, silent)).rejects.toThrow(`${file}: ${sentence}`)
  expect(sent).toEqual([])
})

test('a transcript that cannot be read is refused before its recording is sent', async () => {
  const audio = await given('sermon.mp3', new Uint8Array([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
  const transcript = await given('sermon.html', '<html><body><p>0:01 Grace</p></body></html>')
  await expect(importSermon(api, audio, { ...options, transcript }, silent)).rejects.toMatchObject({
    reason: 'transcript.web_page',
  })
  expect(sent).not.toContain('POST /api/v1/sermons')
})

test('a list names and skips what is not a recording', async () => {
  await given('._a.mp3', 'x')
  await given('b.mp3', '')
  const list = await given('index.csv', 'audio,title\n._a.mp3,One\nb.mp3,Two\n')
  const reported: string[] = []
  const { imported, skipped } = await importRecordings(api, list, options, (text) => reported.push(text))
  expect(imported).toEqual([])
  expect(skipped).toEqual([
    `${path.join(folder, '._a.mp3')}: ${words.isLeftover}`,
    `${path.join(folder, 'b.mp3')}: ${words.isEmpty}`,
  ])
  expect(reported).toContain(`skipped: ${skipped[0]}`)
})

test('a folder of texts without any text says which files were skipped', async () => {
  const texts = await mkdtemp(path.join(folder, 'texts-'))
  await writeFile(path.join(texts, '._a.txt'), 'x')
  await writeFile(path.join(texts, 'b.txt'), '')
  const reported: string[] = []
  const details = { publish: false, wait: false, details: {} }
  await expect(importTexts(api, texts, details, (text) => reported.push(text))).rejects.toThrow(
    'no text to import',
  )
  expect(reported).toEqual([
    `skipped: ${path.join(texts, '._a.txt')} was made by macOS and has no text.`,
    `skipped: ${path.join(texts, 'b.txt')} is empty.`,
  ])
})
