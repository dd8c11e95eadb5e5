import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { countRuns } from '#lib/runs/change-runs.ts'
import { runFilterSchema } from '#lib/runs/list-runs.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs/count', {
  GET: route({ access: 'viewer', query: runFilterSchema }, async ({ services, member, query }) =>
    countRuns(services, { ...query, churchId: member.churchId }),
  ),
})
