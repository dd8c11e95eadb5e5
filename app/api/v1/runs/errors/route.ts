import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listErrorGroups } from '#lib/runs/list-error-groups.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs/errors', {
  GET: route({ access: 'viewer' }, async ({ services: { db }, member: { churchId } }) => ({
    groups: await listErrorGroups({ db, now: () => new Date() }, { churchId }),
  })),
})
