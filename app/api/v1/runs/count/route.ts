import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { countRuns } from '#lib/jobs/change-runs.ts'
import { runFilterSchema } from '#lib/jobs/list-runs.ts'

export const GET = route({ access: 'viewer', query: runFilterSchema }, async ({ services, member, query }) =>
  countRuns(services, { ...query, churchId: member.churchId }),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
