import { expect, test } from 'vitest'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { readTranslator } from '#test/read-translator.ts'
import { listProcessingSteps, type ProcessingTimes, rangeLeft } from './processing-steps.ts'

const t = readTranslator('sermonEditor')
const times: ProcessingTimes = {
  receivedAt: '2026-11-22T10:00:00Z',
  mediaStartedAt: '2026-11-22T10:00:01Z',
  mediaFinishedAt: '2026-11-22T10:01:00Z',
  transcriptStartedAt: null,
  transcriptFinishedAt: null,
  indexStartedAt: null,
  indexFinishedAt: null,
  original: { fileName: 'grace.mp3', sizeBytes: 44_950_000 },
  otherRecordings: [],
}
const view = (status: SermonView['facets']['media']['status'], message?: string) => ({
  status,
  progress: 0,
  error: message ? { reason: 'x', message } : null,
})
const sermon = (facets: SermonView['facets']) => ({ facets }) as SermonView

test('a finished step has its times and a failed step its message', () => {
  const steps = listProcessingSteps(
    sermon({ media: view('ready'), transcript: view('failed', 'No one speaks.'), index: view('waiting') }),
    times,
    t,
    'en',
  )
  expect(steps.map(({ key, status, text }) => [key, status, text])).toEqual([
    ['received', 'ready', 'grace.mp3, 45.0 MB'],
    ['media', 'ready', null],
    ['transcript', 'failed', 'No one speaks.'],
    ['index', 'blocked', 'Starts once the sermon is transcribed.'],
  ])
  expect(steps[1]?.finishedAt).toBe('2026-11-22T10:01:00Z')
})

test('a file that cannot be read is reported once', () => {
  const failed = view('failed', 'This is not a recording.')
  const steps = listProcessingSteps(
    sermon({ media: failed, transcript: failed, index: view('waiting') }),
    times,
    t,
    'en',
  )
  expect(steps.map(({ status }) => status)).toEqual(['ready', 'failed', 'blocked', 'blocked'])
})

test('a sermon without a recording waits only for that; a sermon without a transcript says so', () => {
  const none = { ...times, receivedAt: null, original: null }
  const waiting = { media: view('waiting'), transcript: view('waiting'), index: view('waiting') }
  expect(listProcessingSteps(sermon(waiting), none, t, 'en').map(({ status }) => status)).toEqual([
    'waiting',
    'blocked',
    'blocked',
    'blocked',
  ])
  const [, , written] = listProcessingSteps(sermon({ ...waiting, media: view('ready') }), times, t, 'en')
  expect(written).toMatchObject({ status: 'waiting', text: expect.stringContaining('Add a transcript') })
})

test('while a recording is prepared again, the times of the previous one are not shown', () => {
  const steps = listProcessingSteps(
    sermon({ media: view('pending'), transcript: view('ready'), index: view('ready') }),
    times,
    t,
    'en',
  )
  expect(steps[1]).toMatchObject({ startedAt: null, finishedAt: null })
})

test('the time left is a range, and is not shown when the work takes longer than ever before', () => {
  expect(rangeLeft({ lowMs: 120_000, highMs: 240_000 }, 0, t)).toBe('2–4 min left')
  expect(rangeLeft({ lowMs: 120_000, highMs: 240_000 }, 200_000, t)).toBe('less than a minute left')
  expect(rangeLeft({ lowMs: 170_000, highMs: 190_000 }, 0, t)).toBe('about 3 min left')
  expect(rangeLeft({ lowMs: 1, highMs: 2 }, 5, t)).toBeNull()
  expect(rangeLeft(null, 5, t)).toBeNull()
})
