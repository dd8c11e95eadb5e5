import { expect, test } from 'vitest'
import { tidyChapters } from './chapter.ts'

test('chapters are in order, inside the recording, with a title and one at each time', () => {
  const found = [
    { title: 'Second', startMs: 30_000 },
    { title: ' First ', startMs: 0.4 },
    { title: 'Again', startMs: 30_000 },
    { title: ' ', startMs: 40_000 },
    { title: 'Too late', startMs: 60_000 },
  ]
  expect(tidyChapters(found, 60_000)).toEqual([
    { title: 'First', startMs: 0 },
    { title: 'Second', startMs: 30_000 },
  ])
})
