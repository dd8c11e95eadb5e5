import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** A grid with columns from some width on, and none below it: `grid … lg:grid-cols-…`. */
const isOpen = (classes: string) =>
  /(^|\s)grid(\s|$)/.test(classes) &&
  /(^|\s)@?\w+:grid-cols-/.test(classes) &&
  !/(^|\s)grid-cols-/.test(classes)

test('a grid has columns at every width: without, one long line makes the page wider than a phone', () => {
  const open = globSync('{app,components}/**/*.tsx').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/"([^"\n]*)"|`([^`]*)`/g)]
      .filter(([, quoted, template]) => isOpen(quoted ?? template ?? ''))
      .map(([found]) => `${file}: ${found}`),
  )
  expect(open).toEqual([])
})
