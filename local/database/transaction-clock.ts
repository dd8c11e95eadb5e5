import type { SessionSettings } from './session-settings.ts'

export interface TimeLimits {
  /** How long a client may keep a transaction open without sending anything, in ms. */
  idleLimitMs: number
  /** The same while other clients wait for the session, in ms. */
  blockingLimitMs: number
  /** How long one batch may run, in ms. */
  statementLimitMs: number
}

/** The client's own timeouts, in ms; 0 when off. */
export interface Timeouts {
  statementMs: number
  idleMs: number
  transactionMs: number
}

interface TimedClient {
  readonly unsentBytes: number
  evict(code: string, message: string): void
}

interface ClockActions {
  /** Ends the running batch with this message. */
  cancel: (message: string) => void
  /** The batch did not end although it was cancelled. */
  stuck: (runningMs: number) => void
}

/** Time that a cancelled statement has to roll back. */
const cancelGraceMs = 30_000

/** SQL whose rows `readShownTimeouts` reads. SHOW needs no snapshot, so it may run before SET TRANSACTION. */
export const showTimeoutsSql =
  'show statement_timeout; show idle_in_transaction_session_timeout; show transaction_timeout'

/**
 * Measures how long clients keep the shared session. The timeouts of Postgres do not fire in a session without
 * signals, so those that a client has set are checked here, together with the limits for all clients.
 */
export class TransactionClock {
  readonly #limits: TimeLimits
  readonly #actions: ClockActions
  #statementSince = 0
  #pauseSince = 0
  #transactionSince = 0
  #timer: NodeJS.Timeout | null = null
  #unsentBytes = 0
  #cancelled = false
  /** The timeouts of the running transaction. */
  timeouts: Timeouts = readTimeouts(new Map())

  constructor(limits: TimeLimits, actions: ClockActions) {
    this.#limits = limits
    this.#actions = actions
  }

  /** `settings` are the client's, with the value texts of Postgres; empty for batches that the gateway runs for it. */
  startStatement(settings: SessionSettings, beginsTransaction: boolean): void {
    this.#statementSince = performance.now()
    this.#cancelled = false
    if (beginsTransaction) {
      this.#transactionSince = this.#statementSince
      this.timeouts = readTimeouts(settings)
    }
    const { statementMs } = this.timeouts
    if (statementMs === 0) return
    this.#timer = setTimeout(
      () => this.#actions.cancel('canceling statement due to statement timeout'),
      statementMs,
    )
  }

  endStatement(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#pauseSince = performance.now()
  }

  watchStatement(): void {
    const runningMs = performance.now() - this.#statementSince
    const { statementLimitMs } = this.#limits
    if (runningMs > statementLimitMs + cancelGraceMs) this.#actions.stuck(runningMs)
    else if (runningMs > statementLimitMs && !this.#cancelled) {
      this.#cancelled = true
      this.#actions.cancel(`canceling statement because it ran for more than ${statementLimitMs} ms`)
    }
  }

  /** Checks a client with an open transaction while nothing runs. `isBlocking`: other clients wait for the session. */
  watchPause(client: TimedClient, isBlocking: boolean): void {
    const now = performance.now()
    // A client that is still receiving output is not idle.
    if (client.unsentBytes < this.#unsentBytes) this.#pauseSince = now
    this.#unsentBytes = client.unsentBytes
    const { idleMs, transactionMs } = this.timeouts
    const { idleLimitMs, blockingLimitMs } = this.#limits
    const limitMs = Math.min(
      idleLimitMs,
      isBlocking ? blockingLimitMs : idleLimitMs,
      idleMs || Number.POSITIVE_INFINITY,
    )
    if (now - this.#pauseSince > limitMs) {
      client.evict('25P03', `the transaction was left idle for more than ${limitMs} ms`)
    } else if (transactionMs > 0 && now - this.#transactionSince > transactionMs) {
      client.evict('25P04', 'terminating connection due to transaction timeout')
    }
  }
}

export function readShownTimeouts(rows: (string | null)[][]): Timeouts {
  const [statementMs = 0, idleMs = 0, transactionMs = 0] = rows.map(([text]) => readShownMs(text ?? ''))
  return { statementMs, idleMs, transactionMs }
}

function readTimeouts(settings: SessionSettings): Timeouts {
  const read = (name: string): number => Number(settings.get(name) ?? 0)
  return {
    statementMs: read('statement_timeout'),
    idleMs: read('idle_in_transaction_session_timeout'),
    transactionMs: read('transaction_timeout'),
  }
}

const unitsMs: Record<string, number> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads a timeout in the format of SHOW, such as `1500ms` or `2min`. */
function readShownMs(text: string): number {
  const [, amount, unit] = /^(\d+)([a-z]*)$/.exec(text) ?? []
  return Number(amount ?? 0) * (unitsMs[unit ?? ''] ?? 1)
}
