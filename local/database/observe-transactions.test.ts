import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ObservedTransaction, TransactionObserver, transactionChannel } from './observe-transactions.ts'

const observed: unknown[] = []
const keep = (transaction: unknown) => {
  observed.push(transaction)
}
const bytes = (sql: string) => new TextEncoder().encode(`Q\0\0\0\0${sql}\0`)

beforeEach(() => {
  observed.length = 0
  subscribe(transactionChannel, keep)
})
afterEach(() => {
  unsubscribe(transactionChannel, keep)
})

test('a transaction is named by what it changes, with how long it was open and paused', () => {
  const observer = new TransactionObserver()
  const run = (sql: string, place: { isFirst?: boolean; isLast?: boolean; isBlocking?: boolean }) => {
    observer.startBatch(bytes(sql), { isFirst: false, isBlocking: false, ...place })
    observer.endBatch({ isLast: place.isLast ?? false })
  }
  run('begin', { isFirst: true })
  run('select * from "sermons" for no key update of "sermons"', {})
  run('insert into "selah"."events" values (1)', { isBlocking: true })
  run('commit', { isLast: true })
  const [one] = observed as ObservedTransaction[]
  expect(one).toMatchObject({ name: 'insert into selah.events' })
  expect(one?.longestPauseMs).toBeGreaterThan(0)
  expect(one?.heldMs).toBeGreaterThanOrEqual(one?.longestPauseMs ?? Number.NaN)
})

test('a statement alone is no transaction that someone could keep open', () => {
  const observer = new TransactionObserver()
  observer.startBatch(bytes('update runs set status = 1'), { isFirst: true, isBlocking: true })
  observer.endBatch({ isLast: true })
  expect(observed).toEqual([])
})
