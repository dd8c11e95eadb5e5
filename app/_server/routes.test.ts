import { expect, test, vi } from 'vitest'
import { routes } from '#app/_server/routes.ts'
import { openRoute } from '#lib/http/open-route.ts'

const context = { params: Promise.resolve({}) }
const ask = (method: string) => new Request('http://localhost/api/v1/things', { method })
const things = routes('/api/v1/things', {
  GET: openRoute(async ({ method }) => Response.json({ method })),
  POST: openRoute(async () => Promise.reject(new Error('a bug'))),
})

test('a method with a handler is answered by it, and HEAD by the handler of GET', async () => {
  expect(await (await things.GET(ask('GET'), context)).json()).toEqual({ method: 'GET' })
  expect((await things.HEAD(ask('HEAD'), context)).status).toBe(200)
})

test.each(['PUT', 'PATCH', 'DELETE'] as const)(
  '%s without a handler is refused in the common error shape, with the methods that exist',
  async (method) => {
    const response = await things[method](ask(method), context)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
    expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
  },
)

test('HEAD is refused where there is no GET', async () => {
  const { HEAD } = routes('/api/v1/things', { POST: openRoute(async () => new Response()) })
  const response = await HEAD(ask('HEAD'), context)
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('OPTIONS, POST')
})

test('OPTIONS lists the methods', async () => {
  const response = await things.OPTIONS(ask('OPTIONS'), context)
  expect(response.status).toBe(204)
  expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
})

test('a bug in an open handler is rendered as an error without its details', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  const response = await things.POST(ask('POST'), context)
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('a bug')
  expect(logged).toHaveBeenCalledTimes(1)
})
