import { expect, test, vi } from 'vitest'
import { TransactionClock } from './transaction-clock.ts'

const limits = { idleLimitMs: 15_000, blockingLimitMs: 5_000, statementLimitMs: 600_000 }

/** Returns the error of a client whose transaction was idle for `idleMs`, or null while it may continue. */
function endAfter(idleMs: number, isBlocking: boolean, ownIdleMs = ''): string | null {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000)
  const transactions = new TransactionClock(limits, { cancel: () => undefined, stuck: () => undefined })
  transactions.startStatement(new Map([['idle_in_transaction_session_timeout', ownIdleMs]]), true)
  transactions.endStatement()
  clock.mockReturnValue(1_000 + idleMs)
  let ended: string | null = null
  transactions.watchPause(
    { unsentBytes: 0, evict: (code, message) => (ended = `${code} ${message}`) },
    isBlocking,
  )
  return ended
}

test('an idle transaction may last longer while no other client waits', () => {
  expect(endAfter(5_100, false)).toBeNull()
  expect(endAfter(15_100, false)).toBe('25P03 the transaction was left idle for more than 15000 ms')
})

test('an idle transaction that other clients wait for ends after the shorter limit', () => {
  expect(endAfter(4_900, true)).toBeNull()
  expect(endAfter(5_100, true)).toBe('25P03 the transaction was left idle for more than 5000 ms')
})

test('a shorter limit of the client itself applies', () => {
  expect(endAfter(1_100, true, '1000')).toBe('25P03 the transaction was left idle for more than 1000 ms')
  expect(endAfter(5_100, true, '9000')).toBe('25P03 the transaction was left idle for more than 5000 ms')
})
