import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listDeadLetterGroups } from '#lib/dead-letters/list-dead-letters.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/dead-letters/groups', {
  GET: route({ access: 'viewer' }, async ({ services: { db }, member: { churchId } }) => ({
    groups: await listDeadLetterGroups({ db, now: () => new Date() }, { churchId }),
  })),
})
