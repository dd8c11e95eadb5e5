import { expect, test } from 'vitest'
import { createRouter } from './create-router.ts'

const find = createRouter([
  { method: 'GET', path: '/bucket/:id', target: 'bucket' },
  { method: 'GET', path: '/object/public/:bucket/*', target: 'public object' },
  { method: 'GET', path: '/object/:bucket/*', target: 'object' },
  { method: 'POST', path: '/object/:bucket/*', target: 'upload' },
])

function route(method: string, path: string) {
  const found = find(method, path)
  return found === 'malformed' ? undefined : found
}

test('parameters of a path are decoded once, and a final star keeps its slashes', () => {
  expect(route('GET', '/object/public/b%20c/a%2520/x%3Fy.mp3')).toEqual({
    target: 'public object',
    params: { bucket: 'b c', '*': 'a%20/x?y.mp3' },
  })
})

test('a fixed segment takes precedence over a parameter, within one method', () => {
  expect(route('GET', '/object/public/a/b')?.target).toBe('public object')
  expect(route('POST', '/object/public/a/b')?.target).toBe('upload')
})

test('HEAD requests match the GET routes', () => {
  expect(route('HEAD', '/bucket/a')?.target).toBe('bucket')
})

test.each([
  ['DELETE', '/bucket/a'],
  ['NONSENSE', '/bucket/a'],
  ['GET', '/bucket/a/b'],
  ['GET', '/bucket/a/'],
])('%s %s matches nothing', (method, path) => {
  expect(find(method, path)).toBeUndefined()
})

test.each(['/bucket/%ff', '/bucket/%2', '/object/b/%E0%A4%A'])('%s is malformed', (path) => {
  expect(find('GET', path)).toBe('malformed')
})

test('a key of 1,024 escaped characters is found', () => {
  expect(route('GET', `/object/b/${'%20'.repeat(1024)}`)?.params['*']).toHaveLength(1024)
})

test('a service may choose to ignore a trailing slash', () => {
  const tolerant = createRouter([{ method: 'GET', path: '/user', target: 'user' }], {
    ignoreTrailingSlash: true,
  })
  expect(tolerant('GET', '/user/')).toMatchObject({ target: 'user' })
})
