import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listRuns, runFilterSchema } from '#lib/runs/list-runs.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs', {
  GET: route({ access: 'viewer', query: runFilterSchema }, async ({ services, member, query }) =>
    listRuns(services, { ...query, churchId: member.churchId }),
  ),
})
