import { expect, test } from 'vitest'
import { judgeRecording } from './judge-recording.ts'

const judge = (
  probe: { announcedMs: number | null; durationMs: number; spanMs?: number },
  decodedMs?: number,
) =>
  judgeRecording({ spanMs: probe.durationMs, ...probe }, { decodedDurationMs: decodedMs ?? probe.durationMs })

test('a file that announces more sound than it holds may lack its end', () => {
  expect(judge({ announcedMs: 120_000, durationMs: 48_000 })).toEqual([
    { code: 'end-missing', announcedMs: 120_000, foundMs: 48_000 },
  ])
})

test('a rounded length, a file without one, and gaps between the packets are no reason to warn', () => {
  expect(judge({ announcedMs: 3_600_000, durationMs: 3_595_000 })).toEqual([])
  expect(judge({ announcedMs: null, durationMs: 48_000 })).toEqual([])
  expect(judge({ announcedMs: 60_000, durationMs: 40_000, spanMs: 60_000 })).toEqual([])
  expect(judge({ announcedMs: 1000, durationMs: 48_000 })).toEqual([])
})

test('a file of which parts cannot be decoded lacks them', () => {
  expect(judge({ announcedMs: 600_000, durationMs: 600_000 }, 540_000)).toEqual([
    { code: 'parts-unreadable', announcedMs: 600_000, foundMs: 540_000 },
  ])
})
