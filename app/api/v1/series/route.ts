import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listCollections } from '#lib/sermons/collections.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/series', {
  GET: route({ access: 'viewer' }, async ({ services, member: { churchId } }) => ({
    series: await listCollections(services, { kind: 'series', churchId }),
  })),
})
