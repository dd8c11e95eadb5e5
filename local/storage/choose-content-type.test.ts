import { expect, test } from 'vitest'
import {
  attachmentHeader,
  chooseContentType,
  cleanContentType,
  isAllowedType,
} from './choose-content-type.ts'

test.each([
  'audio/mpeg',
  'audio/mp4; codecs="mp4a.40.2"',
  'video/mp4',
  'image/webp',
  'text/vtt',
  'text/plain;charset=UTF-8',
])('%s is shown', (type) => {
  expect(chooseContentType(type)).toEqual({ contentType: type, mustDownload: false })
})

test.each([
  'text/html',
  'TEXT/HTML; charset=utf-8',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/xml',
  'text/javascript',
  'application/javascript',
  'text/css',
  'application/x-anything',
])('%s could run in a browser, so it is sent as a download of unknown type', (type) => {
  expect(chooseContentType(type)).toEqual({ contentType: 'application/octet-stream', mustDownload: true })
})

test.each([undefined, '', 'audio', 'audio/mpeg\r\nset-cookie: a=1', 'a/b; \u0000', `a/${'b'.repeat(300)}`])(
  '%j is not stored as a content type',
  (type) => {
    expect(cleanContentType(type)).toBe('application/octet-stream')
  },
)

test('a bucket matches exact types and families', () => {
  expect(isAllowedType('audio/mpeg', null)).toBe(true)
  expect(isAllowedType('audio/mpeg; codecs=mp3', ['audio/*'])).toBe(true)
  expect(isAllowedType('video/mp4', ['audio/*', 'video/webm'])).toBe(false)
  expect(isAllowedType('audiox/mpeg', ['audio/*'])).toBe(false)
})

test('a name cannot break out of the header', () => {
  const header = attachmentHeader('a"; filename=b.exe\r\nset-cookie: x=1/..\\ – é.mp3')
  expect(header).not.toMatch(/[\r\n]/)
  expect(header.match(/"/g)).toHaveLength(2)
  expect(header).toContain(
    "filename*=UTF-8''a%22%3B%20filename%3Db.exe__set-cookie%3A%20x%3D1_..%5F".replace('%5F', '_'),
  )
})

test('an incomplete character does not make the answer fail', () => {
  expect(attachmentHeader('\ud83d')).toContain('filename*=UTF-8')
})
