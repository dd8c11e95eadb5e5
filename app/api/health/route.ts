import { refuseOthers } from '#app/_server/refuse-others.ts'
import { services } from '#app/_server/services.ts'
import { readHealth } from '#lib/health/read-health.ts'
import { renderError } from '#lib/http/render-error.ts'

export const dynamic = 'force-dynamic'

/** 200 when everything that is needed answers, else 503. */
export async function GET(): Promise<Response> {
  try {
    const health = await readHealth(services())
    return Response.json(health, {
      status: health.status === 'ok' ? 200 : 503,
      headers: { 'cache-control': 'no-store' },
    })
  } catch (error) {
    return renderError(error)
  }
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
