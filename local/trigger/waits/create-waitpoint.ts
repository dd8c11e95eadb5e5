import { WaitpointId } from '@trigger.dev/core/v3/isomorphic'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import { readMoment } from '../model/read-moment.ts'
import type { WaitpointRow } from '../model/waitpoint-row.ts'

const defaultTimeout = '10m'
const defaultKeyTtl = '30d'

export type NewWaitpoint = {
  type: 'MANUAL' | 'DATETIME'
  completedAfter?: Date | undefined
  timeout?: string | Date | undefined
  idempotencyKey?: string | undefined
  idempotencyKeyTTL?: string | undefined
  tags?: string[] | undefined
}

/** Creates a waitpoint, or finds the one created with the same idempotency key while the key is valid. */
export async function createWaitpoint(
  { db, now: readNow, wakeAt }: Store & { wakeAt(date: Date): void },
  input: NewWaitpoint,
): Promise<{ waitpoint: WaitpointRow; isCached: boolean }> {
  const now = readNow()
  const id = WaitpointId.generate().friendlyId
  const timeoutAt = input.type === 'MANUAL' ? readMoment(input.timeout ?? defaultTimeout, now) : null
  const values = [
    id,
    input.type,
    input.completedAfter ?? null,
    timeoutAt,
    input.idempotencyKey ?? null,
    input.idempotencyKey ? readMoment(input.idempotencyKeyTTL ?? defaultKeyTtl, now) : null,
    input.tags ?? [],
    now,
  ]
  for (let round = 0; round < 5; round++) {
    const [created] = await db.query<WaitpointRow>(
      `insert into engine.waitpoints
         (id, type, status, completed_after, timeout_at, idempotency_key, idempotency_expires_at, tags, created_at)
       values ($1, $2, 'WAITING', $3, $4, $5, $6, $7, $8) on conflict do nothing returning *`,
      values,
    )
    if (created) {
      if (timeoutAt) wakeAt(timeoutAt)
      return { waitpoint: created, isCached: false }
    }
    const [existing] = await db.query<WaitpointRow>(
      `select * from engine.waitpoints where id = $1 or idempotency_key = $2 order by (id = $1) desc limit 1`,
      [id, input.idempotencyKey ?? null],
    )
    if (!existing) continue
    if (existing.id === id) return { waitpoint: existing, isCached: false }
    if (!existing.idempotency_expires_at || existing.idempotency_expires_at > now) {
      return { waitpoint: existing, isCached: true }
    }
    await db.query('update engine.waitpoints set idempotency_key = null where id = $1', [existing.id])
  }
  throw new AppError('unavailable', 'The idempotency key is in use by several requests. Try again.')
}
