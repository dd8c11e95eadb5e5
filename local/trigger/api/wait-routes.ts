import { createHmac, timingSafeEqual } from 'node:crypto'

import {
  CompleteWaitpointTokenRequestBody,
  CreateWaitpointTokenRequestBody,
  stringifyIO,
  WaitForDurationRequestBody,
} from '@trigger.dev/core/v3'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { completeWaitpointWaits, openWait } from '../waits/complete-waits.ts'
import { createWaitpoint } from '../waits/create-waitpoint.ts'
import { completeToken, findWaitpoint } from '../waits/finish-waitpoints.ts'
import { describeWaitpoint, type WaitpointRow } from '../waits/waitpoint-row.ts'
import { check } from './read-body.ts'
import type { Route } from './router.ts'

export const callbackPrefix = '/callbacks/'

/** Makes a run wait for a waitpoint, which may be over already. */
async function waitFor(engine: Engine, runId: string, waitpoint: WaitpointRow): Promise<void> {
  if (!openWait(engine, runId, waitpoint.id)) return
  const due = waitpoint.timeout_at ?? waitpoint.completed_after
  if (due) engine.wakeAt(due)
  const current = await findWaitpoint(engine, waitpoint.id)
  if (current.status !== 'WAITING') completeWaitpointWaits(engine, describeWaitpoint(current))
}

function callbackSignature(engine: Engine, id: string): string {
  return createHmac('sha256', engine.secretKey).update(`callback\n${id}`).digest('base64url')
}

function describeToken(engine: Engine, row: WaitpointRow) {
  return {
    id: row.id,
    url: new URL(`${callbackPrefix}${row.id}/${callbackSignature(engine, row.id)}`, engine.apiUrl).href,
    status: row.status === 'TIMED_OUT' ? 'TIMED_OUT' : row.status,
    completedAt: row.completed_at ?? undefined,
    timeoutAt: row.timeout_at ?? undefined,
    idempotencyKey: row.idempotency_key ?? undefined,
    idempotencyKeyExpiresAt: row.idempotency_expires_at ?? undefined,
    tags: row.tags,
    createdAt: row.created_at,
    output: row.output ?? undefined,
    outputType: row.output_type ?? undefined,
    outputIsError: row.output_is_error,
  }
}

/** Completes a token through the address it was created with: whatever is posted is its answer. */
export async function completeByCallback(engine: Engine, url: URL, body: unknown) {
  const [id = '', given = ''] = url.pathname.slice(callbackPrefix.length).split('/')
  const expected = Buffer.from(callbackSignature(engine, id))
  const offered = Buffer.from(given)
  if (offered.length !== expected.length || !timingSafeEqual(offered, expected)) {
    throw new AppError('forbidden', 'This address is not valid.')
  }
  await completeToken(engine, {
    id,
    output: JSON.stringify(body ?? null),
    outputType: 'application/json',
  })
  return { success: true }
}

export const waitRoutes: Route[] = [
  {
    method: 'POST',
    path: '/engine/v1/runs/:id/wait/duration',
    async handle({ engine, params, json }) {
      const body = check(WaitForDurationRequestBody, await json())
      const { waitpoint } = await createWaitpoint(engine, {
        type: 'DATETIME',
        completedAfter: body.date,
        idempotencyKey: body.idempotencyKey,
        idempotencyKeyTTL: body.idempotencyKeyTTL,
      })
      await waitFor(engine, params.id ?? '', waitpoint)
      return { body: { waitUntil: waitpoint.completed_after ?? body.date, waitpoint: { id: waitpoint.id } } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/waitpoints/tokens',
    async handle({ engine, json }) {
      const body = check(CreateWaitpointTokenRequestBody, (await json()) ?? {})
      const { waitpoint, isCached } = await createWaitpoint(engine, {
        type: 'MANUAL',
        timeout: body.timeout,
        idempotencyKey: body.idempotencyKey,
        idempotencyKeyTTL: body.idempotencyKeyTTL,
        tags: typeof body.tags === 'string' ? [body.tags] : body.tags,
      })
      const { id, url } = describeToken(engine, waitpoint)
      return { body: { id, isCached, url } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/waitpoints/tokens/:id',
    allows: ({ id }) => [`read:waitpoints:${id}`],
    async handle({ engine, params }) {
      return { body: describeToken(engine, await findWaitpoint(engine, params.id ?? '')) }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/waitpoints/tokens/:id/complete',
    allows: ({ id }) => [`write:waitpoints:${id}`],
    async handle({ engine, params, json }) {
      const body = check(CompleteWaitpointTokenRequestBody, (await json()) ?? {})
      const packet = await stringifyIO(body.data)
      await completeToken(engine, {
        id: params.id ?? '',
        output: packet.data ?? null,
        outputType: packet.dataType,
      })
      return { body: { success: true } }
    },
  },
  {
    method: 'POST',
    path: '/engine/v1/runs/:id/waitpoints/tokens/:token/wait',
    async handle({ engine, params }) {
      const waitpoint = await findWaitpoint(engine, params.token ?? '')
      await waitFor(engine, params.id ?? '', waitpoint)
      return { body: { success: true } }
    },
  },
]
