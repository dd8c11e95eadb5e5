import { expect, test } from 'vitest'
import { addressOfCodeKey, codeOfStep, findStepOfCode, writeCodeKey } from '#lib/auth/one-time-codes.ts'

/** Of RFC 6238, appendix B, with the last six of its eight digits. */
const key = Buffer.from('12345678901234567890')

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('the code at second %d is the one of the standard', (seconds, code) => {
  expect(codeOfStep(key, Math.floor(seconds / 30))).toBe(code)
  expect(findStepOfCode(key, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
})

test('a code is accepted one step early or late, and not two', () => {
  const nowMs = 1_234_567_890_000
  const code = codeOfStep(key, nowMs / 30_000)
  for (const away of [-1, 0, 1]) expect(findStepOfCode(key, code, nowMs + away * 30_000)).not.toBeNull()
  for (const away of [-2, 2]) expect(findStepOfCode(key, code, nowMs + away * 30_000)).toBeNull()
})

test('an app reads the key from the address', () => {
  expect(writeCodeKey(key)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(addressOfCodeKey(key, { issuer: 'Grace & Truth', account: 'ruth@example.org' })).toBe(
    'otpauth://totp/Grace%20%26%20Truth:ruth%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Grace%20%26%20Truth',
  )
})
