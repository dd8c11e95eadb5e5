import { route } from '#app/_server/route.ts'
import { countEvents, eventFilterSchema, listEvents } from '#lib/jobs/list-events.ts'

export const GET = route(
  { access: 'viewer', query: eventFilterSchema },
  async ({ services, member: { churchId }, query }) => ({
    ...(await listEvents(services, { ...query, churchId })),
    counts: await countEvents(services, { churchId }),
  }),
)
