import { expect, test } from 'vitest'
import { toPublicUrl } from './to-public-url.ts'

const local = { supabaseUrl: 'http://127.0.0.1:3000', publicUrl: '/' }

test('a page on the same origin gets a path, so any host name works', () => {
  expect(toPublicUrl(local, 'http://127.0.0.1:3000/storage/v1/object/sign/a/b?token=x')).toBe(
    '/storage/v1/object/sign/a/b?token=x',
  )
})

test('a public address replaces the internal one', () => {
  const storage = { supabaseUrl: 'http://kong:8000/', publicUrl: 'https://files.example.org/' }
  expect(toPublicUrl(storage, 'http://kong:8000/storage/v1/x')).toBe('https://files.example.org/storage/v1/x')
})

test('a URL of another host with the same beginning is not changed', () => {
  expect(toPublicUrl(local, 'http://127.0.0.1:30001/x')).toBe('http://127.0.0.1:30001/x')
})
