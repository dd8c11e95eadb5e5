import { jobEngine } from '#app/_server/job-engine.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readQueues } from '#lib/runs/read-queues.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/queues', {
  GET: route({ access: 'viewer' }, async ({ services: { db } }) =>
    readQueues({ db, jobs: jobEngine(), now: () => new Date() }),
  ),
})
