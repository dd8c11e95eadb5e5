import { z } from 'zod'
import { jobEngine } from '#app/_server/job-engine.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { retryRuns } from '#lib/runs/change-runs.ts'
import { runFilterSchema } from '#lib/runs/list-runs.ts'

/** `expected` is the count from `GET /api/v1/runs/count`. A request that matches more runs is refused. */
const body = runFilterSchema.extend({ expected: z.number().int().nonnegative() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs/retry', {
  POST: route({ access: 'owner', body }, async ({ services: { db }, member, body }) =>
    retryRuns(
      { db, jobs: jobEngine() },
      { ...body, churchId: member.churchId, actorId: member.actor.userId },
    ),
  ),
})
