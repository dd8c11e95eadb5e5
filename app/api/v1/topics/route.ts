import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listCollections } from '#lib/sermons/collections.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/topics', {
  GET: route({ access: 'viewer' }, async ({ services, member: { churchId } }) => ({
    topics: await listCollections(services, { kind: 'topic', churchId }),
  })),
})
