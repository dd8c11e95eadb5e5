import { expect, test } from 'vitest'
import {
  findFreeStart,
  findProblem,
  listProposals,
  parseDraft,
  setTime,
  toChapters,
  toRows,
} from './chapter-rows.ts'

const chapters = [
  { title: 'Beginning', startMs: 0 },
  { title: 'Romans 8', startMs: 605_250 },
]

test('a time that reads as before keeps its milliseconds; another one is read as people write it', () => {
  const [, row] = toRows(chapters)
  if (!row) throw new Error('There is no second row')
  expect(row.time).toBe('10:05')
  expect(setTime(row, '10:05').startMs).toBe(605_250)
  expect(setTime(row, '1:05:00').startMs).toBe(3_900_000)
  expect(setTime(row, '12m30s').startMs).toBe(750_000)
  expect(setTime(row, 'soon').startMs).toBeNull()
})

test('each row says what is wrong with it', () => {
  const rows = toRows(chapters)
  const [first, second] = rows
  if (!first || !second) throw new Error('There are no rows')
  const problemOf = (patch: Partial<typeof second>) => {
    const changed = { ...second, ...patch }
    return findProblem(changed, [first, changed], 900_000)
  }
  expect(problemOf({})).toBeNull()
  expect(problemOf({ time: '', startMs: 0 })).toBe('noTime')
  expect(problemOf({ startMs: null })).toBe('noTime')
  expect(problemOf({ startMs: 900_000 })).toBe('tooLate')
  expect(problemOf({ startMs: 0 })).toBe('sameTime')
  expect(problemOf({ title: ' ' })).toBe('noTitle')
})

test('chapters are sent in order of time, without spaces around their titles', () => {
  const rows = toRows(chapters).map((row) => ({ ...row, title: ` ${row.title} ` }))
  expect(toChapters(rows.toReversed())).toEqual(chapters)
})

test('a detected chapter is proposed unless there is one near it', () => {
  const detected = [
    { title: 'Near', startMs: 612_000 },
    { title: 'Far', startMs: 300_000 },
  ]
  expect(listProposals(detected, toRows(chapters))).toEqual([{ title: 'Far', startMs: 300_000 }])
})

test('a draft that cannot be read counts as none', () => {
  const draft = { revision: 2, rows: toRows(chapters) }
  expect(parseDraft(JSON.stringify(draft))).toEqual(draft)
  for (const text of ['', '{', '{"revision":1}', '[]']) expect(parseDraft(text)).toBeNull()
})

test('a new chapter begins where the player is, or after the chapter that is there', () => {
  const rows = toRows(chapters)
  expect(findFreeStart([], 0, 900_000)).toBe(0)
  expect(findFreeStart(rows, 30_700, 900_000)).toBe(30_000)
  expect(findFreeStart(rows, 0, 900_000)).toBe(60_000)
  expect(findFreeStart(rows, 605_900, 900_000)).toBe(665_000)
  expect(findFreeStart(rows, 605_000, 625_000)).toBe(615_000)
  expect(findFreeStart(rows, 900_000, 900_000)).toBe(899_000)
  const close = toRows([...chapters, { title: 'Next', startMs: 606_000 }])
  expect(findFreeStart(close, 605_300, 900_000)).toBe(666_000)
  let all = rows
  for (const _ of Array(8))
    all = [...all, ...toRows([{ title: 'New', startMs: findFreeStart(all, 0, 900_000) }])]
  expect(all.every((row) => findProblem(row, all, 900_000) === null)).toBe(true)
})
