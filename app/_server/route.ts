import { services } from '#app/_server/services.ts'
import { createRoute } from '#lib/http/create-route.ts'

/** The wrapper of every route handler, bound to this process's services. */
export const route = createRoute(services)
