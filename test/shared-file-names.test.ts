import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { guessMetadata } from '#components/upload/guess-metadata.ts'
import { findSharedData } from '#harness/find-shared-data.ts'

type SharedCase = {
  name: string
  tags?: { title: string }
  right: { scripture: string | string[]; titleIncludes?: string; titleNot?: string[]; preachedOn?: string }
}

describe.each(['01-books.json', '02-ordinals.json', '03-references.json'])(
  'the shared cases of %s',
  (file) => {
    const found = findSharedData(`cases/${file}`)
    const cases = found ? (JSON.parse(readFileSync(found, 'utf8')) as SharedCase[]) : []
    test.skipIf(found === null)('are there (skipped where ../shared/data is absent)', () => {
      expect(cases.length).toBeGreaterThan(0)
    })
    test.each(cases)('$name $tags.title', ({ name, tags, right }) => {
      const guessed = guessMetadata(name, tags)
      expect([right.scripture].flat()).toContain(guessed.scripture)
      if (right.titleIncludes) expect(guessed.title).toContain(right.titleIncludes)
      for (const title of right.titleNot ?? []) expect(guessed.title).not.toBe(title)
      if (right.preachedOn) expect(guessed.preachedOn).toBe(right.preachedOn)
    })
  },
)
