import { expect, test } from 'vitest'
import { createRecentParts } from './recent-parts.ts'

const partBytes = 20_000

/** Parts of files that all have the same content, and what was read of them. */
function openParts(maxBytes: number) {
  const recent = createRecentParts(maxBytes)
  const reads: string[] = []
  const take = (version: string, start: number, lengthBytes = partBytes) =>
    recent.take(version, { start, end: start + lengthBytes - 1 }, async () => {
      reads.push(`${version} ${start}`)
      return Buffer.alloc(lengthBytes)
    })
  return { recent, reads, take }
}

test('a part is read once, also when it is requested again before it arrives', async () => {
  const { reads, take } = openParts(1_000_000)
  const both = await Promise.all([take('a', 0), take('a', 0)])
  expect(both.map((bytes) => bytes?.length)).toEqual([partBytes, partBytes])
  await take('a', 0)
  await take('a', partBytes)
  await take('b', 0)
  expect(reads).toEqual(['a 0', 'a 20000', 'b 0'])
})

test('above the limit the part that was used longest ago is dropped', async () => {
  const { reads, take } = openParts(2 * partBytes)
  await take('a', 0)
  await take('b', 0)
  await take('a', 0)
  await take('c', 0)
  await take('a', 0)
  await take('b', 0)
  expect(reads).toEqual(['a 0', 'b 0', 'c 0', 'b 0'])
})

test('tiny parts do not fill the memory: few of them are kept', async () => {
  const { reads, take } = openParts(100_000)
  for (let start = 0; start < 100; start += 1) await take('a', start, 1)
  reads.length = 0
  for (let start = 99; start >= 0; start -= 1) await take('a', start, 1)
  expect(reads.length).toBeGreaterThan(90)
})

test('what a removed file had is forgotten, also what was still being read', async () => {
  const { recent, reads, take } = openParts(1_000_000)
  await take('a', 0)
  await take('b', 0)
  const arriving = take('a', partBytes)
  recent.forget('a')
  await arriving
  reads.length = 0
  await take('a', 0)
  await take('a', partBytes)
  await take('b', 0)
  expect(reads).toEqual(['a 0', 'a 20000'])
})

test('a file that is missing, or could not be read, is looked for again', async () => {
  const recent = createRecentParts(1_000_000)
  const part = { start: 0, end: 9 }
  expect(await recent.take('a', part, async () => undefined)).toBeUndefined()
  await expect(recent.take('a', part, () => Promise.reject(new Error('The disk failed.')))).rejects.toThrow()
  expect(await recent.take('a', part, async () => Buffer.alloc(10))).toHaveLength(10)
})
