import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { listDeadLetterGroups } from '#lib/jobs/list-dead-letters.ts'

export const GET = route({ access: 'viewer' }, async ({ services: { db }, member: { churchId } }) => ({
  groups: await listDeadLetterGroups({ db, now: () => new Date() }, { churchId }),
}))

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
