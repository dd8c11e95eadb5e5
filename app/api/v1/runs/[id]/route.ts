import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readRun } from '#lib/runs/read-run.ts'
import { textKey } from '#lib/text/text-input.ts'

const params = z.object({ id: textKey({ name: 'id', max: 100 }) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs/[id]', {
  GET: route({ access: 'viewer', params }, async ({ services, member, params: { id } }) =>
    readRun(services, { runId: id, churchId: member.churchId }),
  ),
})
