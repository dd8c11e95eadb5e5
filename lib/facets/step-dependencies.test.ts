import { expect, test } from 'vitest'
import { listStepDependencies, listStepsFrom, parseWorkKey } from './step-dependencies.ts'

const from = (step: string) => listStepsFrom(step).map((dependency) => dependency.step)

test('a step includes every step that depends on it, across facets, and no other', () => {
  expect(from('media/level')).toEqual(['media/level', 'media/encode', 'media/make-playable'])
  expect(from('transcript/store')).toEqual(['transcript/store', 'index/plan', 'index/embed', 'index/store'])
  expect(from('index/store')).toEqual(['index/store'])
  expect(from('transcript/find-pauses')).toContain('transcript/listen')
  expect(from('nothing/here')).toEqual([])
})

test('every step comes after the steps it depends on', () => {
  const seen = new Set<string>()
  for (const { step, after } of listStepDependencies()) {
    for (const earlier of after) expect(seen).toContain(earlier)
    seen.add(step)
  }
})

test('a work key names the sermon, facet and version; work of a request has no facet', () => {
  expect(parseWorkKey('s1/transcript/2/heard')).toEqual({
    sermonId: 's1',
    facet: 'transcript',
    version: '2/heard',
  })
  expect(parseWorkKey('s1/request/e1')).toBeNull()
  expect(parseWorkKey('s1')).toBeNull()
})
