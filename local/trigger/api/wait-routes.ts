import { createHmac, timingSafeEqual } from 'node:crypto'

import {
  CompleteWaitpointTokenRequestBody,
  CreateWaitpointTokenRequestBody,
  stringifyIO,
  WaitForDurationRequestBody,
} from '@trigger.dev/core/v3'

import { AppError } from '#lib/errors.ts'
import { describeWaitpoint, type WaitpointRow } from '../model/waitpoint-row.ts'
import { completeToken, findWaitpoint } from '../waits/complete-waitpoints.ts'
import { createWaitpoint } from '../waits/create-waitpoint.ts'
import type { ApiRoute } from './api-route.ts'
import { check } from './check-body.ts'
import type { Serving } from './serving.ts'

export const callbackPrefix = '/callbacks/'

/** Makes a run wait for a waitpoint, which may have completed already. */
async function waitFor(
  deps: Pick<Serving, 'db' | 'waits' | 'wakeAt'>,
  runId: string,
  waitpoint: WaitpointRow,
): Promise<void> {
  if (!deps.waits.open(runId, waitpoint.id)) return
  const due = waitpoint.timeout_at ?? waitpoint.completed_after
  if (due) deps.wakeAt(due)
  const current = await findWaitpoint(deps, waitpoint.id)
  if (current.status !== 'WAITING') deps.waits.completeWaitpoint(describeWaitpoint(current))
}

function callbackSignature(secretKey: string, id: string): string {
  return createHmac('sha256', secretKey).update(`callback\n${id}`).digest('base64url')
}

function describeToken(deps: Pick<Serving, 'secretKey' | 'apiUrl'>, row: WaitpointRow) {
  return {
    id: row.id,
    url: new URL(`${callbackPrefix}${row.id}/${callbackSignature(deps.secretKey, row.id)}`, deps.apiUrl).href,
    status: row.status,
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

/** Completes a token through its callback address: the request body is its output. */
export async function completeByCallback(
  deps: Pick<Serving, 'db' | 'now' | 'waits' | 'secretKey'>,
  url: URL,
  body: unknown,
): Promise<{ success: true }> {
  const [id = '', given = ''] = url.pathname.slice(callbackPrefix.length).split('/')
  const expected = Buffer.from(callbackSignature(deps.secretKey, id))
  const offered = Buffer.from(given)
  if (offered.length !== expected.length || !timingSafeEqual(offered, expected)) {
    throw new AppError('forbidden', 'This address is not valid.')
  }
  await completeToken(deps, {
    id,
    output: JSON.stringify(body ?? null),
    outputType: 'application/json',
  })
  return { success: true }
}

export const waitRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/engine/v1/runs/:id/wait/duration',
    async handle({ deps, params, json }) {
      const body = check(WaitForDurationRequestBody, await json())
      const { waitpoint } = await createWaitpoint(deps, {
        type: 'DATETIME',
        completedAfter: body.date,
        idempotencyKey: body.idempotencyKey,
        idempotencyKeyTTL: body.idempotencyKeyTTL,
      })
      await waitFor(deps, params.id ?? '', waitpoint)
      return { body: { waitUntil: waitpoint.completed_after ?? body.date, waitpoint: { id: waitpoint.id } } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/waitpoints/tokens',
    async handle({ deps, json }) {
      const body = check(CreateWaitpointTokenRequestBody, (await json()) ?? {})
      const { waitpoint, isCached } = await createWaitpoint(deps, {
        type: 'MANUAL',
        timeout: body.timeout,
        idempotencyKey: body.idempotencyKey,
        idempotencyKeyTTL: body.idempotencyKeyTTL,
        tags: typeof body.tags === 'string' ? [body.tags] : body.tags,
      })
      const { id, url } = describeToken(deps, waitpoint)
      return { body: { id, isCached, url } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/waitpoints/tokens/:id',
    allows: ({ id }) => [`read:waitpoints:${id}`],
    async handle({ deps, params }) {
      return { body: describeToken(deps, await findWaitpoint(deps, params.id ?? '')) }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/waitpoints/tokens/:id/complete',
    allows: ({ id }) => [`write:waitpoints:${id}`],
    async handle({ deps, params, json }) {
      const body = check(CompleteWaitpointTokenRequestBody, (await json()) ?? {})
      const packet = await stringifyIO(body.data)
      await completeToken(deps, {
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
    async handle({ deps, params }) {
      const waitpoint = await findWaitpoint(deps, params.token ?? '')
      await waitFor(deps, params.id ?? '', waitpoint)
      return { body: { success: true } }
    },
  },
]
