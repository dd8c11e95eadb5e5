import { route } from '#app/_server/route.ts'
import { deadLetterFilterSchema, listDeadLetters } from '#lib/jobs/list-dead-letters.ts'

export const GET = route(
  { access: 'viewer', query: deadLetterFilterSchema },
  async ({ services, member, query }) => listDeadLetters(services, { ...query, churchId: member.churchId }),
)
