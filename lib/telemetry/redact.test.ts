import { expect, test } from 'vitest'
import { redactAttributes, redactText } from './redact.ts'

test.each([
  ['GET /storage/v1/object/sign/media/a.mp4?token=eyJhbGciOi.x.y&download=', 'eyJhbGciOi'],
  ['authorization: Bearer abc.def.ghi', 'abc.def.ghi'],
  ['connect postgres://postgres:hunter2@127.0.0.1:5432/postgres', 'hunter2'],
  ['key sb_secret_0123456789abcdef', '0123456789abcdef'],
])('a secret is not stored: %s', (text, secret) => {
  expect(redactText(text)).not.toContain(secret)
})

test('an attribute with the name of a secret loses its value, others keep theirs', () => {
  expect(
    redactAttributes({ 'http.request.header.authorization': 'x', 'http.status': 200, none: null }),
  ).toEqual({
    'http.request.header.authorization': '…',
    'http.status': 200,
  })
})

test('text and attributes are bounded', () => {
  expect(redactText('a'.repeat(100_000)).length).toBeLessThan(5000)
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`a${index}`, 1]))
  expect(Object.keys(redactAttributes(many))).toHaveLength(64)
})
