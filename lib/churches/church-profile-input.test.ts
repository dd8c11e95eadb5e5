import { describe, expect, test } from 'vitest'
import { churchProfileSchema } from './church-profile-input.ts'

const website = (text: string) =>
  churchProfileSchema.safeParse({ description: '', serviceTimes: '', website: text })

describe('the website of a church', () => {
  test.each([
    ['gracechurch.org', 'https://gracechurch.org/'],
    ['www.gracechurch.org/visit us', 'https://www.gracechurch.org/visit%20us'],
    ['http://gracechurch.org', 'http://gracechurch.org/'],
    ['HTTPS://GraceChurch.org/A', 'https://gracechurch.org/A'],
    ['gracechurch.org:8443', 'https://gracechurch.org:8443/'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['', ''],
  ])('%s is %s', (text, address) => {
    expect(website(text).data?.website).toBe(address)
  })

  test.each([
    'javascript:alert(1)',
    'javascript:1',
    'JavaScript:alert(1)//a.b',
    'data:text/html,x',
    'mailto:office@gracechurch.org',
    'ftp://gracechurch.org',
    'https://user:secret@gracechurch.org',
    'office@gracechurch.org',
    'localhost:3000',
    'not a site',
    'https://.',
    'https://a..b',
    'http://1',
    '127.0.0.1',
    `https://gracechurch.org/${'恩'.repeat(60)}`,
    'https://',
    `${'a'.repeat(300)}.org`,
  ])('%s is refused', (text) => {
    expect(website(text).success).toBe(false)
  })
})
