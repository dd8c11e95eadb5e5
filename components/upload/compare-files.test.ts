import { expect, test } from 'vitest'
import { compareFiles } from './compare-files.ts'
import { type FileIdentity, identifyFile } from './identify-file.ts'

const megabyte = 1024 * 1024
const silence = new Uint8Array(3 * megabyte)
const identify = async (parts: BlobPart[], name = 'a.wav', lastModified = 1000): Promise<FileIdentity> => {
  const identity = await identifyFile(new File(parts, name, { lastModified }))
  if (!identity) throw new Error('The file could not be read.')
  return identity
}

test('a file is equal to itself when it is chosen again', async () => {
  expect(compareFiles(await identify([silence]), await identify([silence]))).toBeNull()
})

test.each<[string, () => Promise<FileIdentity>, string]>([
  ['another length', () => identify([silence, 'x']), 'size'],
  ['another beginning', () => identify(['x', silence.subarray(1)]), 'content'],
  ['another end', () => identify([silence.subarray(1), 'x']), 'content'],
  ['the other track of the same recorder', () => identify([silence], 'b.wav'), 'name'],
  [
    'a copy edited in the middle',
    () => identify([silence.subarray(megabyte + 1), 'x', silence.subarray(2 * megabyte)], 'a.wav', 2000),
    'date',
  ],
])('%s is another file', async (_, other, difference) => {
  expect(compareFiles(await identify([silence]), await other())).toBe(difference)
})

test('if the browser cannot hash, only name, size and date are compared', async () => {
  const identity = { ...(await identify([silence])), partHashes: null }
  expect(compareFiles(identity, await identify([silence]))).toBeNull()
  expect(compareFiles(identity, await identify([silence], 'a.wav', 2000))).toBe('date')
})

test('a file that no longer exists cannot be identified, and no error is reported', async () => {
  const file = new File(['abc'], 'a.wav')
  const missingFile = Object.assign(file, {
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) }),
  })
  expect(await identifyFile(missingFile)).toBeNull()
})
