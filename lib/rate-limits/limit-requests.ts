import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { readClientKey, siteOf } from './client-key.ts'
import { consumeRateLimit, type RateLimit } from './consume-rate-limit.ts'

/** Who makes a request, for rate limits. */
export interface Caller {
  key: string
  /** Whether it may be many people behind one address. */
  isShared: boolean
  /** The church that pays for it; null for a visitor. */
  churchId: string | null
}

/** A signed-in user is one caller at any address; other callers are identified by their address. */
export function findCaller(
  actor: { userId: string; memberships: { churchId: string }[] } | null,
  headers: Headers,
): Caller {
  if (actor === null) return { ...readClientKey(headers), churchId: null }
  return { key: actor.userId, isShared: false, churchId: actor.memberships[0]?.churchId ?? null }
}

type Kind =
  | 'ask'
  | 'search'
  | 'live'
  | 'download'
  | 'feed'
  | 'artwork'
  | 'position'
  | 'suggest'
  | 'playback'
  | 'clip'
  | 'library'
  | 'cut'

interface PaidServices {
  OPENAI_API_KEY?: string | undefined
  OPENAI_BASE_URL?: string | undefined
  SELAH_PAID_REQUESTS_PER_DAY: number
}

const paidKinds = new Set<Kind>(['ask', 'search'])
const dayMs = 24 * 60 * 60_000
/** One visitor uses at most this part of what all visitors together may cause in a day. */
const visitorShare = 0.1
/** A shared address gets this many times the allowance of one client. */
const sharedFactor = 20

/** The limits of one caller. They are lower for questions and searches that use a paid service. */
const limits: Record<Kind, { free: Omit<RateLimit, 'name'>; paid: Omit<RateLimit, 'name'> }> = {
  ask: { free: { capacity: 200, refillMs: 200 }, paid: { capacity: 30, refillMs: 2_000 } },
  search: { free: { capacity: 200, refillMs: 100 }, paid: { capacity: 60, refillMs: 1_000 } },
  // Each page of an operator opens a stream; a person who goes through pages quickly must not run out. How many are
  // open at once is limited by the streams themselves.
  live: { free: { capacity: 240, refillMs: 250 }, paid: { capacity: 240, refillMs: 250 } },
  download: { free: { capacity: 60, refillMs: 1_000 }, paid: { capacity: 60, refillMs: 1_000 } },
  feed: { free: { capacity: 120, refillMs: 250 }, paid: { capacity: 120, refillMs: 250 } },
  position: { free: { capacity: 120, refillMs: 500 }, paid: { capacity: 120, refillMs: 500 } },
  library: { free: { capacity: 120, refillMs: 1_000 }, paid: { capacity: 120, refillMs: 1_000 } },
  playback: { free: { capacity: 60, refillMs: 2_000 }, paid: { capacity: 60, refillMs: 2_000 } },
  suggest: { free: { capacity: 10, refillMs: 60_000 }, paid: { capacity: 10, refillMs: 60_000 } },
  // Each is a minute of a processor; how many wait at once is limited for the church too.
  clip: { free: { capacity: 12, refillMs: 30_000 }, paid: { capacity: 12, refillMs: 30_000 } },
  // Each one may encode a recording.
  cut: { free: { capacity: 20, refillMs: 10_000 }, paid: { capacity: 20, refillMs: 10_000 } },
  artwork: { free: { capacity: 120, refillMs: 500 }, paid: { capacity: 120, refillMs: 500 } },
}

const messages: Record<Kind, string> = {
  ask: 'Too many questions at once. Wait a few seconds, then ask again.',
  search: 'Too many searches at once. Wait a few seconds, then search again.',
  live: 'Too many live pages at once. Close some of them.',
  download: 'Too many downloads at once. Wait a few seconds, then try again.',
  feed: 'Too many requests at once. Wait a few seconds, then try again.',
  position: 'Too many requests at once. Wait a few seconds, then try again.',
  library: 'Too many requests at once. Wait a few seconds, then try again.',
  playback: 'Too many reports at once. Send fewer.',
  cut: 'Too many changes of the published part at once. Wait a minute, then try again.',
  suggest: 'Too many suggestions at once. Wait a few minutes, then send it again.',
  clip: 'Too many clips at once. Wait a minute, then make the next one.',
  artwork: 'Too many images at once. Wait a few seconds, then try again.',
}

/**
 * Counts a request of the caller against the limit of its kind. Questions and searches that use a paid service also
 * count against the daily limit of the church; all visitors together have one such limit, of which one of them gets a
 * tenth. Throws `rate_limited`.
 */
export async function limitRequest(
  services: { db: Database; env: PaidServices },
  kind: Kind,
  caller: Caller,
): Promise<void> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, SELAH_PAID_REQUESTS_PER_DAY: paidPerDay } = services.env
  const cost = paidKinds.has(kind) && (OPENAI_API_KEY || OPENAI_BASE_URL) ? 'paid' : 'free'
  const { capacity, refillMs } = limits[kind][cost]
  const factor = caller.isShared ? sharedFactor : 1
  const limit = { name: `${kind} ${cost}`, capacity: capacity * factor, refillMs: refillMs / factor }
  const result = await consumeRateLimit(services, limit, caller.key)
  if (!result.allowed) {
    throw new AppError('rate_limited', messages[kind], {
      reason: `${kind}.too_many`,
      retryAfterMs: result.retryAfterMs,
    })
  }
  if (cost === 'free') return
  const daily = (name: string, capacity: number, key: string) =>
    consumeRateLimit(services, { name: `${kind} of ${name}`, capacity, refillMs: dayMs / capacity }, key)
  if (caller.churchId === null && !caller.isShared) {
    const own = await daily('a visitor', Math.ceil(paidPerDay * visitorShare), siteOf(caller.key))
    if (!own.allowed) throw usedUp(kind, own.retryAfterMs)
  }
  const ofAll = await daily('a church', paidPerDay, caller.churchId ?? 'visitors')
  if (!ofAll.allowed) throw usedUp(kind, ofAll.retryAfterMs)
}

function usedUp(kind: Kind, retryAfterMs: number): AppError {
  return new AppError('rate_limited', 'The daily limit of this service is used up. Try again later.', {
    reason: `${kind}.daily_limit`,
    retryAfterMs,
  })
}
