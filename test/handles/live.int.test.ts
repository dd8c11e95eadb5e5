import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { expectError, type Outside, startOutside } from '#test/handles/start-outside.ts'

/*
 * Live status as a browser reads it: server-sent events through the gateway, caused by changes in the database.
 */

let outside: Outside
let churchId: string

vi.setConfig({ testTimeout: 120_000 })

beforeAll(async () => {
  outside = await startOutside()
  churchId = (await outside.database.query('select id from churches')).rows[0].id
}, 600_000)

afterAll(() => outside?.stop())

/** Reads a stream; `received` has its events so far, without the keep-alive comments. */
async function read(address: string) {
  const reading = new AbortController()
  const response = await fetch(new URL(address, outside.url), {
    headers: { authorization: `Bearer ${outside.token}` },
    signal: reading.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const received: { event: string; data: unknown }[] = []
  const ended = (async () => {
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const pieces = text.split('\n\n')
      text = pieces.pop() ?? ''
      for (const piece of pieces) {
        const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(piece) ?? []
        if (event) received.push({ event, data: JSON.parse(data) })
      }
    }
  })().catch(() => undefined)
  return {
    received,
    ended,
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

/** Adds a sermon of another church, as if a member there had just changed it. */
async function addForeignSermon(title: string): Promise<string> {
  const other = randomUUID()
  await outside.database.query(`insert into churches (id, name, slug) values ($1, 'Other', $2)`, [
    other,
    `church-${other}`,
  ])
  await outside.database.query(
    `insert into sermons (church_id, slug, title, publication) values ($1, $2, $3, 'published')`,
    [other, `sermon-${other}`, title],
  )
  return other
}

test('changes of the work of one’s own church arrive immediately, those of other churches do not', async () => {
  const { received, stop } = await read('/api/v1/live?scope=jobs')
  const churches = () => received.map(({ data }) => (data as { churchId: string | null }).churchId)
  // The first events are the beginning of the stream and the start of listening.
  await expect.poll(churches).toEqual([null, null])
  for (const owner of [randomUUID(), churchId, randomUUID(), churchId]) await addRun(owner)
  // Events arrive in the order of their commits, so those of the other churches would have arrived before.
  await expect.poll(() => churches().filter((id) => id === churchId)).toHaveLength(2)
  expect(received).toEqual(
    [null, null, churchId, churchId].map((id) => ({ event: 'jobs', data: { churchId: id } })),
  )
  await stop()
})

test('changes of a sermon arrive at its church, also those just before listening began', async () => {
  await addForeignSermon('Of another church')
  const { sermon } = await outside.createDraft('Just before')
  const { received, stop } = await read('/api/v1/live?scope=church')
  const titles = () => received.map(({ data }) => (data as { title: string }).title)
  await expect.poll(titles).toContain('Just before')
  await addForeignSermon('Of a third church')
  await outside.call('PATCH', `/api/v1/sermons/${sermon.id}`, {
    token: outside.token,
    body: { title: 'Just now' },
  })
  await expect.poll(titles).toContain('Just now')
  expect(new Set(titles())).toEqual(new Set(['Just before', 'Just now']))
  await stop()
})

test('a member of several churches can follow one of them', async () => {
  const { sermon } = await outside.createDraft('Here')
  const elsewhere = await read(`/api/v1/live?scope=church&church=${randomUUID()}`)
  const here = await read(`/api/v1/live?scope=church&church=${churchId}`)
  await expect.poll(() => here.received.map(({ data }) => (data as { id: string }).id)).toContain(sermon.id)
  expect(elsewhere.received).toEqual([])
  await elsewhere.stop()
  await here.stop()
})

test('a followed sermon starts with its current state, and a draft can be followed only by its church', async () => {
  const { sermon } = await outside.createDraft('A draft')
  const { received, stop } = await read(`/api/v1/live?sermon=${sermon.id}`)
  await expect.poll(() => received.length).toBeGreaterThan(0)
  expect(received[0]).toMatchObject({ event: 'sermon', data: { id: sermon.id, title: 'A draft' } })
  await stop()
  await expectError(await outside.call('GET', `/api/v1/live?sermon=${sermon.id}`), 404)
})

test.each(['church', 'jobs'])('following the %s requires a signed-in user', async (scope) => {
  await expectError(await outside.call('GET', `/api/v1/live?scope=${scope}`), 401)
})

// Must be the last test, because it kills the database.
test('streams end with the database and can be opened again when it is back', async () => {
  const stream = await read('/api/v1/live?scope=jobs')
  await expect.poll(() => stream.received).toHaveLength(2)
  outside.database.on('error', () => undefined)
  const running = z
    .array(z.object({ name: z.string(), pid: z.number() }))
    .parse(JSON.parse(await readFile(path.join(outside.folder, 'data/processes.json'), 'utf8')))
  const database = running.find(({ name }) => name === 'database')
  if (!database) throw new Error('The database is not running.')
  process.kill(database.pid, 'SIGKILL')
  await stream.ended
  const readStatus = async () =>
    (await outside.call('HEAD', '/api/v1/live?scope=jobs', { token: outside.token })).status
  await expect.poll(readStatus).toBe(200)
})
