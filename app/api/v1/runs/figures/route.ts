import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readTaskFigures } from '#lib/runs/read-task-figures.ts'

const query = z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs/figures', {
  GET: route(
    { access: 'viewer', query },
    async ({ services: { db }, member: { churchId }, query: { hours } }) => ({
      hours,
      tasks: await readTaskFigures({ db, now: () => new Date() }, { hours, churchId }),
    }),
  ),
})
