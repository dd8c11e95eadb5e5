import { expect, test, vi } from 'vitest'
import { recordWithRetry } from './record-with-retry.ts'

test('a write is retried while the database is unavailable', async () => {
  const write = vi
    .fn<() => Promise<void>>()
    .mockRejectedValueOnce(new Error('connect ECONNREFUSED'))
    .mockResolvedValue()
  await recordWithRetry(write)
  expect(write).toHaveBeenCalledTimes(2)
})

test('a write that keeps failing is logged and does not throw', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await expect(
    recordWithRetry(() => Promise.reject(new Error('connect ECONNREFUSED')), { timeoutMs: 0 }),
  ).resolves.toBeUndefined()
  expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('ECONNREFUSED'))
})
