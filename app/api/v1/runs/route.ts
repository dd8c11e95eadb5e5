import { route } from '#app/_server/route.ts'
import { listRuns, runFilterSchema } from '#lib/jobs/list-runs.ts'

export const GET = route({ access: 'viewer', query: runFilterSchema }, async ({ services, member, query }) =>
  listRuns(services, { ...query, churchId: member.churchId }),
)
