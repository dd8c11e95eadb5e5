import { AppError } from '#lib/errors.ts'

import { checkPacketName, signPacketUrl } from '../packets/sign-packet-url.ts'
import { findRun } from '../runs/find-run.ts'
import type { ApiRoute } from './api-route.ts'
import type { Serving } from './serving.ts'

function sign(deps: Pick<Serving, 'apiUrl' | 'secretKey' | 'now'>, name: string, verb: 'GET' | 'PUT') {
  checkPacketName(name)
  const presignedUrl = signPacketUrl({
    apiUrl: deps.apiUrl,
    secretKey: deps.secretKey,
    name,
    verb,
    now: deps.now(),
  })
  return { presignedUrl, storagePath: name }
}

export const packetRoutes: ApiRoute[] = [
  {
    method: 'PUT',
    path: '/api/v2/packets/:name',
    async handle({ deps, params }) {
      return { body: sign(deps, params.name ?? '', 'PUT') }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/packets/:name',
    async handle({ deps, params }) {
      return { body: sign(deps, params.name ?? '', 'GET') }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/runs/:id/packets/:field',
    allows: ({ id }) => [`read:runs:${id}`],
    async handle({ deps, params }) {
      const run = await findRun(deps, params.id ?? '')
      const [data, type] =
        params.field === 'output' ? [run.output, run.output_type] : [run.payload, run.payload_type]
      if (type !== 'application/store' || data === null) {
        throw new AppError('not_found', `The run's ${params.field} is not stored as a packet.`)
      }
      return { body: sign(deps, data, 'GET') }
    },
  },
]
