import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { expectError, type Outside, startOutside } from '#test/handles/start-outside.ts'

/*
 * Live status as a browser reads it: server-sent events through the front door, told by the database.
 */

let outside: Outside
let churchId: string

vi.setConfig({ testTimeout: 120_000 })

beforeAll(async () => {
  outside = await startOutside()
  churchId = (await outside.database.query('select id from churches')).rows[0].id
}, 600_000)

afterAll(() => outside?.stop())

/** What has come so far, each piece as `event data`, without the signs of life. */
async function read(address: string) {
  const reading = new AbortController()
  const response = await fetch(new URL(address, outside.url), {
    headers: { authorization: `Bearer ${outside.token}` },
    signal: reading.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const heard: { event: string; data: unknown }[] = []
  const ended = (async () => {
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const pieces = text.split('\n\n')
      text = pieces.pop() ?? ''
      for (const piece of pieces) {
        const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(piece) ?? []
        if (event) heard.push({ event, data: JSON.parse(data) })
      }
    }
  })().catch(() => undefined)
  return {
    heard,
    async stop() {
      reading.abort()
      await ended
    },
  }
}

const addRun = (owner: string) =>
  outside.database.query(
    `insert into runs (id, task_id, status, church_id) values ($1, 'announce', 'queued', $2)`,
    [`run_${randomUUID()}`, owner],
  )

test('the work of one’s church is news at once, that of another church is none', async () => {
  const { heard, stop } = await read('/api/v1/live?scope=jobs')
  // The beginning, and that listening has begun.
  await expect.poll(() => heard.length, { timeout: 20_000, interval: 10 }).toBe(2)
  await addRun(randomUUID())
  await addRun(churchId)
  await expect.poll(() => heard.length, { timeout: 20_000, interval: 10 }).toBe(3)
  expect(heard).toEqual(Array.from({ length: 3 }, () => ({ event: 'jobs', data: {} })))
  await stop()
})

test('a sermon is news to its church, also when it changed just before one began to listen', async () => {
  const { sermon } = await outside.createDraft('Just before')
  const { heard, stop } = await read('/api/v1/live?scope=church')
  const titles = () => heard.map(({ data }) => (data as { title: string }).title)
  await expect.poll(titles, { timeout: 20_000, interval: 50 }).toContain('Just before')
  await outside.call('PATCH', `/api/v1/sermons/${sermon.id}`, {
    token: outside.token,
    body: { title: 'Just now' },
  })
  await expect.poll(titles, { timeout: 20_000, interval: 50 }).toContain('Just now')
  await stop()
})

test('one sermon is followed from what it is now, and a draft only by its church', async () => {
  const { sermon } = await outside.createDraft('A draft')
  const { heard, stop } = await read(`/api/v1/live?sermon=${sermon.id}`)
  await expect.poll(() => heard.length, { timeout: 20_000, interval: 50 }).toBeGreaterThan(0)
  expect(heard[0]).toMatchObject({ event: 'sermon', data: { id: sermon.id, title: 'A draft' } })
  await stop()
  await expectError(await outside.call('GET', `/api/v1/live?sermon=${sermon.id}`), 404)
})

test.each(['church', 'jobs'])('nobody follows the %s without being signed in', async (scope) => {
  await expectError(await outside.call('GET', `/api/v1/live?scope=${scope}`), 401)
})
