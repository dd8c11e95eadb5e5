import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors.ts'
import { describeError, fingerprintError } from './describe-error.ts'

describe('a fingerprint', () => {
  const fingerprint = (message: string) => fingerprintError('transcribe', { name: 'Error', message })

  test('is the same for failures that differ only in ids, numbers and names', () => {
    expect(fingerprint('Run run_abc123 failed after 17 ms on "Grace"')).toBe(
      fingerprint('Run run_zz9 failed after 4 ms on "Hope"'),
    )
  })

  test('differs between tasks and between kinds of failure', () => {
    expect(fingerprint('timed out')).not.toBe(fingerprint('refused'))
    expect(fingerprintError('a', { name: 'Error', message: 'x' })).not.toBe(
      fingerprintError('b', { name: 'Error', message: 'x' }),
    )
  })

  test('of an expected failure depends on its reason, not on its message', () => {
    const first = describeError(new AppError('unprocessable', 'No sound.', { reason: 'media.silent' }))
    const second = describeError(new AppError('unprocessable', 'Reworded.', { reason: 'media.silent' }))
    expect(fingerprintError('prepare-media', first)).toBe(fingerprintError('prepare-media', second))
  })
})

test('a stored error keeps the messages of its causes and is bounded', () => {
  const error = new Error('outer', { cause: new Error('x'.repeat(9000)) })
  const described = describeError(error)
  expect(described.stack).toContain('Caused by Error: xxx')
  expect(JSON.stringify(described).length).toBeLessThan(9000)
})
