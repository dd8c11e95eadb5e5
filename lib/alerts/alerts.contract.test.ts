import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import type { AlertChannel } from '#lib/alerts/alert-channel.ts'
import { createMailChannel } from '#lib/alerts/mail-channel.ts'
import { MAX_NOTIFICATION_ATTEMPTS } from '#lib/alerts/notification-schedule.ts'
import { reportAlerts } from '#lib/alerts/report-alerts.ts'
import { createWebhookChannel } from '#lib/alerts/webhook-channel.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { deadLetters, events, notifications, runs } from '#lib/db/schema.ts'
import { createChurch, createRunDeadLetters, createSermons } from '#test/job-fixtures.ts'
import { startMailServer, type TestMailServer } from '#test/start-mail-server.ts'

const MINUTE = 60_000
const limits = { siteUrl: 'https://sermons.example', queueAgeMs: 15 * MINUTE }
let database: TestDatabase
let connection: DatabaseConnection
let mail: TestMailServer
let hook: Server
let hookUrl: string
/** An address without a server. */
let closedUrl: string
let posts: { body: Record<string, unknown>; headers: IncomingMessage['headers'] }[] = []
let answerPost: (response: ServerResponse) => void
let churchId: string
let time = new Date('2027-03-01T10:00:30Z')
const now = () => time
const advanceTime = (ms: number) => {
  time = new Date(time.getTime() + ms)
}

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  mail = await startMailServer()
  hook = createServer(async (request, response) => {
    if (request.url !== '/hook') throw new Error(`Nothing should request ${request.url}`)
    let text = ''
    for await (const chunk of request) text += chunk
    posts.push({ body: JSON.parse(text) as Record<string, unknown>, headers: request.headers })
    answerPost(response)
  }).listen(0, '127.0.0.1')
  await once(hook, 'listening')
  const address = hook.address()
  if (typeof address !== 'object' || !address) throw new Error('No port was found.')
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const closedAddress = closed.address()
  if (typeof closedAddress === 'object') closedUrl = `http://127.0.0.1:${closedAddress?.port}/hook`
  closed.close()
  hookUrl = `http://127.0.0.1:${address.port}/hook`
  churchId = await createChurch(connection.db)
})

afterAll(async () => {
  hook?.closeAllConnections()
  hook?.close()
  await mail?.stop()
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  const { db } = connection
  for (const table of [notifications, deadLetters, events, runs]) await db.delete(table)
  mail.mails.length = 0
  mail.mood = 'takes'
  posts = []
  answerPost = (response) => response.writeHead(204).end()
  advanceTime(7 * 24 * 60 * MINUTE)
})

const mailTo = (timeoutMs = 10_000): AlertChannel =>
  createMailChannel({
    smtpUrl: mail.url,
    from: 'selah@church.example',
    to: 'one@church.example, two@church.example',
    timeoutMs,
  })
const hookTo = (timeoutMs = 10_000): AlertChannel => createWebhookChannel({ url: hookUrl, timeoutMs })

const report = (...channels: AlertChannel[]) => reportAlerts({ db: connection.db, now, channels }, limits)
const readNotifications = () => connection.db.select().from(notifications)

async function createDeadLetters(count: number, fingerprint = 'lost-sound') {
  const { db } = connection
  const sermonIds = await createSermons(db, { churchId, count })
  return createRunDeadLetters(db, {
    churchId,
    sermonIds,
    type: 'prepare-media',
    fingerprint,
    createdAt: time,
  })
}

describe('a dead letter', () => {
  test('is reported by mail and webhook, once for all of its kind', async () => {
    await createDeadLetters(3)
    await report(mailTo(), hookTo())
    await report(mailTo(), hookTo())
    expect(mail.mails).toHaveLength(1)
    expect(mail.mails[0]).toMatchObject({
      from: 'selah@church.example',
      to: ['one@church.example', 'two@church.example'],
    })
    expect(mail.mails[0]?.data).toMatch(/^Subject: Selah: 3 pieces of work have stopped \(prepare-media\)$/m)
    expect(mail.mails[0]?.data).toContain('Redrive it.')
    expect(mail.mails[0]?.data).toContain('https://sermons.example/dashboard')
    expect(posts).toHaveLength(1)
    expect(posts[0]?.headers['content-type']).toBe('application/json')
    expect(posts[0]?.body).toMatchObject({
      kind: 'dead-letter',
      key: 'dead-letter/lost-sound',
      subject: 'Selah: 3 pieces of work have stopped (prepare-media)',
      text: expect.stringContaining('It failed.'),
      at: time.toISOString(),
    })
    expect((await readNotifications()).map(({ sentAt }) => sentAt)).toEqual([time, time])
  })

  test('of the same kind within the hour is not reported again; after the hour it is, if there are new ones', async () => {
    await createDeadLetters(1)
    await report(hookTo())
    advanceTime(10 * MINUTE)
    await createDeadLetters(1)
    await report(hookTo())
    advanceTime(49 * MINUTE)
    await report(hookTo())
    expect(posts).toHaveLength(1)
    advanceTime(2 * MINUTE)
    await report(hookTo())
    expect(posts).toHaveLength(2)
    advanceTime(120 * MINUTE)
    await report(hookTo())
    expect(posts).toHaveLength(2)
  })

  test('of another kind is reported immediately', async () => {
    await createDeadLetters(1)
    await report(hookTo())
    await createDeadLetters(1, 'other')
    await report(hookTo())
    expect(posts.map(({ body }) => body.key)).toEqual(['dead-letter/lost-sound', 'dead-letter/other'])
  })

  test('that is closed is not reported', async () => {
    await createDeadLetters(1)
    await connection.db.update(deadLetters).set({ state: 'discarded' })
    await report(hookTo())
    expect(posts).toEqual([])
  })

  test('is reported once when two processes check at the same time', async () => {
    await createDeadLetters(1)
    await Promise.all([report(hookTo()), report(hookTo())])
    expect(posts).toHaveLength(1)
  })

  test('creates no notification without channels', async () => {
    await createDeadLetters(1)
    await report()
    expect(await readNotifications()).toEqual([])
  })
})

describe('a queue', () => {
  const waitingRun = (minutes: number, queue: string | null = 'media') =>
    connection.db.insert(runs).values({
      id: `run_${Math.random()}`,
      taskId: 'prepare-media',
      queue,
      status: 'queued',
      createdAt: new Date(time.getTime() - minutes * MINUTE),
    })

  test('with a run that has waited too long is reported, at most once an hour, until the run starts', async () => {
    await waitingRun(16)
    await waitingRun(2)
    await waitingRun(14, null)
    await report(hookTo())
    advanceTime(30_000)
    await report(hookTo())
    expect(posts.map(({ body }) => body.key)).toEqual(['queue/media'])
    expect(posts[0]?.body.body).toMatch(/^The oldest of 2 waiting in the queue “media” has waited for 16 min/)
    await connection.db.update(runs).set({ status: 'completed' })
    advanceTime(61 * MINUTE)
    await report(hookTo())
    expect(posts).toHaveLength(1)
  })

  test('of events that the job engine does not accept is reported', async () => {
    const event = { type: 'sermon.uploaded' as const, churchId, payload: {} }
    await connection.db.insert(events).values({ ...event, createdAt: new Date(time.getTime() - 20 * MINUTE) })
    await report(hookTo())
    expect(posts.map(({ body }) => body.key)).toEqual(['queue/events'])
  })
})

describe('a notification that cannot be sent', () => {
  const failing: [string, () => AlertChannel, () => void][] = [
    [
      'the webhook answers 500',
      () => hookTo(),
      () => (answerPost = (response) => response.writeHead(500).end()),
    ],
    [
      'the webhook redirects elsewhere',
      () => hookTo(),
      () => (answerPost = (response) => response.writeHead(302, { location: '/elsewhere' }).end()),
    ],
    ['the webhook never answers', () => hookTo(300), () => (answerPost = () => {})],
    ['nothing listens', () => createWebhookChannel({ url: closedUrl }), () => {}],
    ['the mail server refuses', () => mailTo(), () => (mail.mood = 'refuses')],
    ['the mail server does not answer', () => mailTo(300), () => (mail.mood = 'silent')],
  ]

  test.each(failing)(
    'because %s, the reason is stored and the notification is retried later',
    async (_, open, fail) => {
      fail()
      await createDeadLetters(1)
      await report(open())
      const [first] = await readNotifications()
      expect(first).toMatchObject({ attempts: 1, sentAt: null })
      expect(first?.lastError).toMatch(/\S/)
      // Not due yet.
      advanceTime(30_000)
      await report(open())
      expect((await readNotifications())[0]?.attempts).toBe(1)
      mail.mood = 'takes'
      answerPost = (response) => response.writeHead(200).end()
      advanceTime(31_000)
      await report(first?.channel === 'mail' ? mailTo() : hookTo())
      expect((await readNotifications())[0]).toMatchObject({ attempts: 2, sentAt: time, lastError: null })
    },
  )

  test('by one channel, the other channel still sends', async () => {
    mail.mood = 'refuses'
    await createDeadLetters(1)
    await report(mailTo(), hookTo())
    expect(posts).toHaveLength(1)
    const [mailed] = await connection.db.select().from(notifications).where(eq(notifications.channel, 'mail'))
    expect(mailed?.sentAt).toBeNull()
  })

  test('for a day, it is abandoned', async () => {
    answerPost = (response) => response.writeHead(500).end()
    await createDeadLetters(1)
    for (let attempts = 0; attempts < MAX_NOTIFICATION_ATTEMPTS + 5; attempts += 1) {
      await report(hookTo())
      advanceTime(12 * 60 * MINUTE)
    }
    expect(posts).toHaveLength(MAX_NOTIFICATION_ATTEMPTS)
  })

  test('a retry has the same idempotency key, so that a receiver can recognise it', async () => {
    answerPost = (response) => response.writeHead(500).end()
    await createDeadLetters(1)
    await report(hookTo())
    advanceTime(61_000)
    await report(hookTo())
    expect(posts).toHaveLength(2)
    expect(posts[0]?.headers['idempotency-key']).toBe(posts[1]?.headers['idempotency-key'])
  })
})
