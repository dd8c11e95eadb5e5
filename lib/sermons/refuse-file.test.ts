import { expect, test } from 'vitest'
import { refuseFile } from './refuse-file.ts'

const limits = { maxSizeBytes: 2048 * 1024 * 1024 }
const refused = (message: string) => ({ kind: 'refused', message })
const bytes = (text: string) => new TextEncoder().encode(text.padEnd(16, '\0'))
const file = (name: string, start: string, type = '', sizeBytes = 5000) => ({
  name,
  type,
  sizeBytes,
  firstBytes: bytes(start),
})

test('a recording is accepted with any media type', () => {
  expect(refuseFile(file('sermon.mp3', 'ID3', 'audio/mpeg'), limits)).toBeNull()
  expect(refuseFile(file('sermon.wav', 'RIFF', ''), limits)).toBeNull()
  expect(refuseFile(file('no extension at all', '\u0001\u0002'), limits)).toBeNull()
  expect(refuseFile(file('service.mp4', '\0\0\0\u0018ftyp', 'video/mp4'), limits)).toBeNull()
})

test('a file of another kind is refused with the name of its kind', () => {
  expect(refuseFile(file('empty.mp3', '', 'audio/mpeg', 0), limits)).toEqual(refused('isEmpty'))
  expect(refuseFile(file('sermon.mp3', '%PDF-1.7', 'audio/mpeg'), limits)).toEqual(refused('isPdf'))
  expect(refuseFile(file('sermon.mp3', '#EXTM3U\nhttp://', 'audio/mpeg'), limits)).toEqual(
    refused('isPlaylist'),
  )
  expect(refuseFile(file('sermon.mp3', '<!DOCTYPE html>'), limits)).toEqual(refused('isWebPage'))
  expect(refuseFile(file('sermon.vtt', 'WEBVTT', 'text/vtt'), limits)).toEqual(refused('isText'))
  expect(refuseFile(file('notes.md', 'Notes', 'text/markdown'), limits)).toEqual(refused('notRecording'))
  expect(refuseFile(file('big.wav', 'RIFF', 'audio/wav', 3 * 1024 ** 3), limits)).toEqual({
    kind: 'too-large',
    sizeBytes: 3 * 1024 ** 3,
    maxSizeBytes: limits.maxSizeBytes,
  })
})

test('a file that is not a recording is refused by its name, also where its type is not known', () => {
  for (const name of [
    'notes.md',
    'Order of service.PDF',
    'slide.pptx',
    'photo.HEIC',
    'page.html',
    'sermon.mp3.part',
  ])
    expect(refuseFile(file(name, 'x'), limits), name).toEqual(refused('notRecording'))
  expect(refuseFile(file('._sermon.mp3', '\0\u0005\u0016\u0007'), limits)).toEqual(refused('isLeftover'))
})
