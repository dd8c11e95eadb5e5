import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { countEvents, eventFilterSchema, listEvents } from '#lib/events/list-events.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/events', {
  GET: route(
    { access: 'viewer', query: eventFilterSchema },
    async ({ services, member: { churchId }, query }) => ({
      ...(await listEvents(services, { ...query, churchId })),
      counts: await countEvents(services, { churchId }),
    }),
  ),
})
