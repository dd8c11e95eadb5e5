import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { listErrorGroups } from '#lib/jobs/list-error-groups.ts'

export const GET = route({ access: 'viewer' }, async ({ services: { db }, member: { churchId } }) => ({
  groups: await listErrorGroups({ db, now: () => new Date() }, { churchId }),
}))

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
