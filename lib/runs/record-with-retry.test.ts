import { expect, test, vi } from 'vitest'
import { recordWithRetry } from './record-with-retry.ts'

test('a note is made again while the database is away', async () => {
  const note = vi
    .fn<() => Promise<void>>()
    .mockRejectedValueOnce(new Error('connect ECONNREFUSED'))
    .mockResolvedValue()
  await recordWithRetry(note)
  expect(note).toHaveBeenCalledTimes(2)
})

test('a note that cannot be made says so and fails nothing', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await expect(
    recordWithRetry(() => Promise.reject(new Error('connect ECONNREFUSED')), { patienceMs: 0 }),
  ).resolves.toBeUndefined()
  expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('ECONNREFUSED'))
})
