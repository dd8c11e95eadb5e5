import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { deadLetterFilterSchema, listDeadLetters } from '#lib/dead-letters/list-dead-letters.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/dead-letters', {
  GET: route({ access: 'viewer', query: deadLetterFilterSchema }, async ({ services, member, query }) =>
    listDeadLetters(services, { ...query, churchId: member.churchId }),
  ),
})
