import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { readHealth } from '#lib/health/read-health.ts'
import { shareReading } from '#lib/health/share-reading.ts'
import { openRoute } from '#lib/http/open-route.ts'

export const dynamic = 'force-dynamic'

/** Each reading asks every service, also those of others, and anyone may ask for it. */
const readSharedHealth = shareReading(() => readHealth(services()), { maxAgeMs: 1_000 })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/health', {
  /** 200 while every required service answers, else 503. */
  GET: openRoute(async () => {
    const health = await readSharedHealth()
    return Response.json(health, {
      status: health.status === 'ok' ? 200 : 503,
      headers: { 'cache-control': 'no-store' },
    })
  }),
})
