import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { clientKey } from './client-key.ts'
import { type Pace, takeTurn } from './take-turn.ts'

/** Who makes a request, as far as paces go. */
export interface Caller {
  key: string
  /** Whether it may be many people behind one address. */
  isShared: boolean
  /** The church that pays for it; null for a visitor. */
  churchId: string | null
}

/** A signed-in user is one caller wherever they are; anyone else is told apart by address. */
export function findCaller(
  actor: { userId: string; memberships: { churchId: string }[] } | null,
  headers: Headers,
): Caller {
  if (actor === null) return { ...clientKey(headers), churchId: null }
  return { key: actor.userId, isShared: false, churchId: actor.memberships[0]?.churchId ?? null }
}

type Kind = 'ask' | 'search' | 'live' | 'download' | 'feed' | 'artwork' | 'position'

interface PaidServices {
  OPENAI_API_KEY?: string | undefined
  OPENAI_BASE_URL?: string | undefined
  SELAH_PAID_REQUESTS_PER_DAY: number
}

const paidKinds = new Set<Kind>(['ask', 'search'])
const dayMs = 24 * 60 * 60_000
/** An address that many share gets this many times the allowance of one. */
const sharedFactor = 20

/** What one caller may do. Where a service is paid, each question and each search costs money. */
const paces: Record<Kind, { free: Omit<Pace, 'name'>; paid: Omit<Pace, 'name'> }> = {
  ask: { free: { capacity: 200, refillMs: 200 }, paid: { capacity: 30, refillMs: 2_000 } },
  search: { free: { capacity: 200, refillMs: 100 }, paid: { capacity: 60, refillMs: 1_000 } },
  live: { free: { capacity: 60, refillMs: 1_000 }, paid: { capacity: 60, refillMs: 1_000 } },
  download: { free: { capacity: 60, refillMs: 1_000 }, paid: { capacity: 60, refillMs: 1_000 } },
  feed: { free: { capacity: 120, refillMs: 250 }, paid: { capacity: 120, refillMs: 250 } },
  position: { free: { capacity: 120, refillMs: 500 }, paid: { capacity: 120, refillMs: 500 } },
  artwork: { free: { capacity: 120, refillMs: 500 }, paid: { capacity: 120, refillMs: 500 } },
}

const messages: Record<Kind, string> = {
  ask: 'Too many questions at once. Wait a few seconds, then ask again.',
  search: 'Too many searches at once. Wait a few seconds, then search again.',
  live: 'Too many live pages at once. Close some of them.',
  download: 'Too many downloads at once. Wait a few seconds, then try again.',
  feed: 'Too many requests at once. Wait a few seconds, then try again.',
  position: 'Too many requests at once. Wait a few seconds, then try again.',
  artwork: 'Too many images at once. Wait a few seconds, then try again.',
}

/**
 * Counts a request of the caller against the pace of its kind. Where questions and searches use a paid service, it
 * counts also against what the church (all visitors together: one more) may cause in a day. Throws `rate_limited`.
 */
export async function paceRequest(
  services: { db: Database; env: PaidServices },
  kind: Kind,
  caller: Caller,
): Promise<void> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, SELAH_PAID_REQUESTS_PER_DAY: paidPerDay } = services.env
  const cost = paidKinds.has(kind) && (OPENAI_API_KEY || OPENAI_BASE_URL) ? 'paid' : 'free'
  const { capacity, refillMs } = paces[kind][cost]
  const factor = caller.isShared ? sharedFactor : 1
  const pace = { name: `${kind} ${cost}`, capacity: capacity * factor, refillMs: refillMs / factor }
  const turn = await takeTurn(services, pace, caller.key)
  if (!turn.allowed) {
    throw new AppError('rate_limited', messages[kind], {
      reason: `${kind}.too_many`,
      retryAfterMs: turn.retryAfterMs,
    })
  }
  if (cost === 'free') return
  const daily = { name: `${kind} of a church`, capacity: paidPerDay, refillMs: dayMs / paidPerDay }
  const today = await takeTurn(services, daily, caller.churchId ?? 'visitors')
  if (!today.allowed) {
    throw new AppError('rate_limited', 'The daily limit of this service is used up. Try again later.', {
      reason: `${kind}.daily_limit`,
      retryAfterMs: today.retryAfterMs,
    })
  }
}
