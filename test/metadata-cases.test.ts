import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { bareName } from '#lib/sermons/bare-name.ts'
import { type AudioTags, guessMetadata } from '#lib/sermons/guess-metadata.ts'

type SharedCase = {
  name: string
  tags?: AudioTags
  right: {
    scripture?: string | string[]
    titleIncludes?: string
    titleNot?: string[]
    speakerNot?: string[]
    preachedOn?: string | string[]
  }
}

const files = ['01-books', '02-ordinals', '03-references', '04-dates', '05-tag-dates', '06-tags']
const context = { timeZone: 'America/Chicago', nowMs: Date.parse('2026-11-28T12:00:00Z') }

describe.each(files)('the shared cases of %s', (file) => {
  const found = findSharedData(`cases/${file}.json`)
  const cases = found ? (JSON.parse(readFileSync(found, 'utf8')) as SharedCase[]) : []
  test.skipIf(found === null)('exist (skipped without ../shared/data)', () => {
    expect(cases.length).toBeGreaterThan(0)
  })
  test.each(cases)('$name $tags.title', ({ name, tags, right }) => {
    const { fields } = guessMetadata(name, tags ?? {}, { speakers: [], series: [] }, context)
    if (right.scripture !== undefined) expect([right.scripture].flat()).toContain(fields.scripture)
    if (right.titleIncludes) expect(fields.title).toContain(right.titleIncludes)
    for (const title of right.titleNot ?? []) expect(fields.title).not.toBe(title)
    for (const speaker of right.speakerNot ?? []) expect(fields.speaker).not.toBe(speaker)
    if (right.preachedOn !== undefined) expect([right.preachedOn].flat()).toContain(fields.preachedOn)
  })
})

test('the shared speakers are one person (skipped without ../shared/data)', () => {
  const found = findSharedData('cases/07-speakers.json')
  if (found === null) return
  const names = JSON.parse(readFileSync(found, 'utf8')) as string[]
  const [first = '', ...others] = names
  for (const artist of others) {
    const known = { speakers: [first], series: [] }
    expect(guessMetadata('x.mp3', { artist }, known, context).fields.speaker).toBe(first)
    expect(bareName(artist)).toBe(bareName(first))
  }
})
