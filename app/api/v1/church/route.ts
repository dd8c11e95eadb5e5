import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readChurchProfile } from '#lib/churches/church-profile.ts'
import { listKnownNames } from '#lib/sermons/list-known-names.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/church', {
  GET: route({ access: 'viewer' }, async ({ services, member }) => {
    const { description, serviceTimes, website } = await readChurchProfile(services, member)
    return {
      name: member.churchName,
      ...{ description, serviceTimes, website },
      timeZone: member.timeZone,
      language: member.language,
      ...(await listKnownNames(services, member)),
    }
  }),
})
