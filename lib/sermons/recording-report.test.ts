import { expect, test } from 'vitest'
import { toRecordingView } from './recording-report.ts'

const recording = {
  track: { number: 2, of: 2 },
  repaired: ['right-only'],
  warnings: [{ code: 'end-missing', announcedMs: 3_720_000, foundMs: 48_000 }],
}

test('a report says in a sentence what was repaired and what seems to be missing', () => {
  expect(toRecordingView({ recording })).toEqual({
    track: { number: 2, of: 2 },
    repaired: [{ code: 'right-only', message: 'Only the right channel had sound. Both sides play it now.' }],
    warnings: [
      {
        ...recording.warnings[0],
        message:
          'The end of this recording may be missing: the file says it lasts 1:02:00, but it holds 0:48.',
        confirmed: false,
      },
    ],
  })
  const confirmed = toRecordingView({ recording, confirmedAt: '2026-11-22T10:00:00Z' })
  expect(confirmed?.warnings[0]?.confirmed).toBe(true)
})

test('a recording that was not inspected has no report', () => {
  for (const details of [null, {}, { recording: { track: 'one' } }])
    expect(toRecordingView(details)).toBeNull()
})
