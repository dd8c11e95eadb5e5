import { jobEngine } from '#app/_server/job-engine.ts'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { readQueues } from '#lib/jobs/read-queues.ts'

export const GET = route({ access: 'viewer' }, async ({ services: { db } }) =>
  readQueues({ db, jobs: jobEngine(), now: () => new Date() }),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
