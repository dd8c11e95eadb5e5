import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { readRun } from '#lib/jobs/read-run.ts'

const params = z.object({ id: z.string().max(100) })

export const GET = route({ access: 'viewer', params }, async ({ services, member, params: { id } }) =>
  readRun(services, { runId: id, churchId: member.churchId }),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
