import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { fileQuery, findSameRecording } from '#lib/sermons/find-same-recording.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/same-recording', {
  GET: route({ access: 'editor', query: fileQuery }, async ({ services, member, query }) => ({
    sermon: await findSameRecording(services, { churchId: member.churchId, ...query }),
  })),
})
