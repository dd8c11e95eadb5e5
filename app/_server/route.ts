import { services } from '#app/_server/services.ts'
import { createRoute } from '#lib/http/create-route.ts'
import { createVisitorRoute } from '#lib/http/create-visitor-route.ts'
import { createSessionRoute } from '#lib/http/open-route.ts'

/** Wraps a handler that needs its caller, bound to the services of this process. */
export const route = createRoute(services)

/** Wraps a form that starts or ends a session. */
export const sessionRoute = createSessionRoute(() => services().env.SITE_URL)

/** Wraps a handler that treats every caller as a visitor who is not signed in. */
export const visitorRoute = createVisitorRoute(services)
