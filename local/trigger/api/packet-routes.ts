import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { checkPacketName, signPacketUrl } from '../packets/sign-packet-url.ts'
import { findRun } from '../runs/find-run.ts'
import type { Route } from './router.ts'

function sign(engine: Engine, name: string, verb: 'GET' | 'PUT') {
  checkPacketName(name)
  const presignedUrl = signPacketUrl({
    apiUrl: engine.apiUrl,
    secretKey: engine.secretKey,
    name,
    verb,
    now: engine.now(),
  })
  return { presignedUrl, storagePath: name }
}

export const packetRoutes: Route[] = [
  {
    method: 'PUT',
    path: '/api/v2/packets/:name',
    async handle({ engine, params }) {
      return { body: sign(engine, params.name ?? '', 'PUT') }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/packets/:name',
    async handle({ engine, params }) {
      return { body: sign(engine, params.name ?? '', 'GET') }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/runs/:id/packets/:field',
    allows: ({ id }) => [`read:runs:${id}`],
    async handle({ engine, params }) {
      const run = await findRun(engine, params.id ?? '')
      const [data, type] =
        params.field === 'output' ? [run.output, run.output_type] : [run.payload, run.payload_type]
      if (type !== 'application/store' || data === null) {
        throw new AppError('not_found', `The run's ${params.field} is not stored apart.`)
      }
      return { body: sign(engine, data, 'GET') }
    },
  },
]
