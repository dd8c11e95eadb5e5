import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { readTaskFigures } from '#lib/jobs/read-task-figures.ts'

const query = z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) })

export const GET = route(
  { access: 'viewer', query },
  async ({ services: { db }, member: { churchId }, query: { hours } }) => ({
    hours,
    tasks: await readTaskFigures({ db, now: () => new Date() }, { hours, churchId }),
  }),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
