import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pageQueries } from '#app/_server/page-queries.ts'

/** Pages by their address, without the one that explains a bad address: the proxy writes its query. */
const pages = globSync('app/**/page.tsx')
  .map((file) => ({
    path: file.replace(/^app|\/page\.tsx$|\/\([^/)]+\)/g, '') || '/',
    text: readFileSync(file, 'utf8'),
  }))
  .filter(({ path }) => path !== '/bad-address')

test('every page that reads the query of its address is in the list of what pages accept, and no other one', () => {
  const reading = pages.filter(({ text }) => /searchParams|describeCollection/.test(text))
  expect(reading.length).toBeGreaterThan(20)
  expect(Object.keys(pageQueries).sort()).toEqual(reading.map(({ path }) => path).sort())
})

test('pages read the query through that list, so that the proxy has refused what they do not accept', () => {
  const direct = pages.filter(({ text }) => /await searchParams|searchParams\)\./.test(text))
  expect(direct.map(({ path }) => path)).toEqual([])
})

/** Values that no parameter accepts: a text that cannot be stored, and the same name twice. */
const never = [String.fromCharCode(0), ['a', 'b']]

/** The earlier questions of a conversation, and the sermons of a playlist. */
const lists = ['/ask earlier', '/playlist sermon']

test.each(Object.entries(pageQueries))('%s refuses a wrong value of each parameter', (page, schema) => {
  for (const name of Object.keys(schema.shape)) {
    for (const value of never) {
      if (Array.isArray(value) && lists.includes(`${page} ${name}`)) continue
      expect(schema.safeParse({ [name]: value }).success, `${name}=${value}`).toBe(false)
    }
    expect(schema.safeParse({ unknown: 'x' }).success).toBe(true)
  }
})
