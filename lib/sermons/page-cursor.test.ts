import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageQueries } from '#app/_server/page-queries.ts'
import { AppError } from '#lib/errors.ts'
import { feedQuery } from '#lib/feeds/feed-query.ts'
import { cursorQuery, decodeCursor, encodeCursor, type ListOrder } from './page-cursor.ts'

const id = '5d1b0a3c-7c2f-4d2c-9a74-2f6f3a3c1b11'
const moment = '2026-11-22 10:00:00.000000'
const newest = [`12026-11-22 ${moment} ${moment}`, `0 ${moment} ${moment}`]
const times = ['2026-11-22 10:00:00+00', '2026-11-22 10:00:00.5-03:30', '1890-01-01 00:00:00.123456-07:52:58']
const former = ['2026-11-22 1 2026-11-22 10:00:00+00', '2026-11-22 0 2026-11-22 10:00:00.5+00', moment]
const orders: ListOrder[] = ['newest', 'time']

test.each([
  ['newest', newest, [...times, ...former]],
  ['time', times, [...newest, ...former]],
] as const)('a cursor of the order %s has a position as its query writes it', (order, own, foreign) => {
  for (const position of own) {
    const cursor = encodeCursor(position, id)
    expect(decodeCursor(order, cursor)).toEqual([position, id])
    expect(cursorQuery(order).safeParse(cursor).success).toBe(true)
  }
  const spoiled = own.flatMap((position) => [`${position}\0`, `${position}\n`, ` ${position}`])
  for (const position of [...foreign, ...spoiled]) {
    const cursor = encodeCursor(position, id)
    expect(() => decodeCursor(order, cursor), position).toThrow(AppError)
    expect(cursorQuery(order).safeParse(cursor).success, position).toBe(false)
  }
})

test('pages and feeds refuse every text but a cursor of theirs', () => {
  const refused = (cursor: string) => {
    for (const path of ['/', '/sermons', '/series/[slug]', '/years/[year]'] as const) {
      expect(pageQueries[path].safeParse({ after: cursor }).success).toBe(false)
    }
    for (const path of ['/dashboard', '/dashboard/trash'] as const) {
      expect(pageQueries[path].safeParse({ cursor }).success).toBe(false)
    }
    expect(feedQuery.safeParse({ after: cursor }).success).toBe(false)
    expect(cursorQuery(...orders).safeParse(cursor).success).toBe(false)
    for (const order of orders) expect(() => decodeCursor(order, cursor)).toThrow(AppError)
  }
  for (const position of ['\0', '\ud800', '']) refused(encodeCursor(position, id))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      refused(encodeCursor(text, id))
      refused(text)
      refused(Buffer.from(JSON.stringify([newest[0], text])).toString('base64url'))
    }),
  )
})
