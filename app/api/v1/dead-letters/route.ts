import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { deadLetterFilterSchema, listDeadLetters } from '#lib/jobs/list-dead-letters.ts'

export const GET = route(
  { access: 'viewer', query: deadLetterFilterSchema },
  async ({ services, member, query }) => listDeadLetters(services, { ...query, churchId: member.churchId }),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
