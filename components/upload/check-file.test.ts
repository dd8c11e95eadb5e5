import { expect, test } from 'vitest'
import { refuseFile } from './check-file.ts'

const limits = { maxSizeBytes: 2048 * 1024 * 1024 }
const bytes = (text: string) => new TextEncoder().encode(text.padEnd(16, '\0'))
const file = (name: string, start: string, type = '', sizeBytes = 5000) => ({
  name,
  type,
  sizeBytes,
  firstBytes: bytes(start),
})

test('a recording is let through, whatever its type is called', () => {
  expect(refuseFile(file('sermon.mp3', 'ID3', 'audio/mpeg'), limits)).toBeNull()
  expect(refuseFile(file('sermon.wav', 'RIFF', ''), limits)).toBeNull()
  expect(refuseFile(file('no extension at all', '\u0001\u0002'), limits)).toBeNull()
  expect(refuseFile(file('service.mp4', '\0\0\0\u0018ftyp', 'video/mp4'), limits)).toBeNull()
})

test('what is plainly something else is refused with a sentence that says what it is', () => {
  expect(refuseFile(file('empty.mp3', '', 'audio/mpeg', 0), limits)).toMatch(/empty/)
  expect(refuseFile(file('sermon.mp3', '%PDF-1.7', 'audio/mpeg'), limits)).toMatch(/PDF/)
  expect(refuseFile(file('sermon.mp3', '#EXTM3U\nhttp://', 'audio/mpeg'), limits)).toMatch(/playlist/)
  expect(refuseFile(file('sermon.mp3', '<!DOCTYPE html>'), limits)).toMatch(/web page/)
  expect(refuseFile(file('sermon.vtt', 'WEBVTT', 'text/vtt'), limits)).toMatch(/transcript/)
  expect(refuseFile(file('notes.md', 'Notes', 'text/markdown'), limits)).toMatch(/audio or video/)
  expect(refuseFile(file('big.wav', 'RIFF', 'audio/wav', 3 * 1024 ** 3), limits)).toMatch(/3 GB.*2 GB/)
})
