import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { countEvents, eventFilterSchema, listEvents } from '#lib/jobs/list-events.ts'

export const GET = route(
  { access: 'viewer', query: eventFilterSchema },
  async ({ services, member: { churchId }, query }) => ({
    ...(await listEvents(services, { ...query, churchId })),
    counts: await countEvents(services, { churchId }),
  }),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
