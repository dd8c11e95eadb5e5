import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listKnownNames } from '#lib/sermons/list-known-names.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/church', {
  GET: route({ access: 'viewer' }, async ({ services, member }) => ({
    name: member.churchName,
    timeZone: member.timeZone,
    language: member.language,
    ...(await listKnownNames(services, member)),
  })),
})
