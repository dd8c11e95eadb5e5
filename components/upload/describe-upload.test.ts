import { expect, test } from 'vitest'
import { readTranslator } from '#test/read-translator.ts'
import { describeUpload } from './describe-upload.ts'
import { formatTimeLeft } from './say-time-left.ts'
import { newItem } from './upload-item.ts'
import { describeProblem } from './upload-problem.ts'

const t = readTranslator('upload')

test('the time left is rounded', () => {
  expect(formatTimeLeft(4, t)).toBe('a few seconds left')
  expect(formatTimeLeft(37, t)).toBe('about 40 s left')
  expect(formatTimeLeft(200, t)).toBe('about 3 min left')
  expect(formatTimeLeft(4800, t)).toBe('about 1 h 20 min left')
})

test('an upload shows its progress, speed and remaining time', () => {
  const item = newItem({ id: '1', fileName: 'a.mp3', sizeBytes: 40_000_000 })
  const uploading = { ...item, phase: 'uploading', bytesSent: 10_000_000, bytesPerSecond: 1_000_000 } as const
  expect(describeUpload(uploading, t, 'en')).toBe('25% · 10.0 MB of 40.0 MB · 1.0 MB/s · about 30 s left')
})

test('the message about another file names the difference, that about a file that is too large both sizes', () => {
  const other = { kind: 'other-file', difference: 'date', fileName: 'b.mp3' } as const
  expect(describeProblem(other, t, 'en')).toMatch(/its date is different.*“b\.mp3”/)
  const large = { kind: 'too-large', sizeBytes: 3e9, maxSizeBytes: 2e9 } as const
  expect(describeProblem(large, t, 'en')).toMatch(/3\.0 GB.*2\.0 GB/)
})
