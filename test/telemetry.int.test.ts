import { once } from 'node:events'
import { createServer } from 'node:http'
import path from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portOf } from '#harness/ports.ts'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { uploadSermon, waitForProcessing } from '#harness/upload-sermon.ts'
import { events, logs, runs, sermons, spans } from '#lib/db/schema.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { startWebTelemetry } from '#lib/telemetry/start-web-telemetry.ts'
import { traceRequest } from '#lib/telemetry/trace-request.ts'

/*
 * The telemetry of a sermon's processing, with the product's own tasks in the engine: one trace from the request
 * of the browser to the last child run, in the database and at a collector. Work continues when
 * neither accepts data.
 */

const sample = path.resolve(import.meta.dirname, '../samples/no-man-is-an-island')
const traceId = '0af7651916cd43dd8448eb211c80319c'
const browserSpan = 'b7ad6b7169203331'

let collector: Awaited<ReturnType<typeof startCollector>>
let platform: TestPlatform

/** Accepts the data of OpenTelemetry's exporters, or never answers. */
async function startCollector() {
  const received: { path: string; text: string }[] = []
  let isSilent = false
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    received.push({ path: request.url ?? '', text })
    if (!isSilent) response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    received,
    stopAnswering() {
      isSilent = true
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

beforeAll(async () => {
  collector = await startCollector()
  platform = await startTestPlatform({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } })
  startWebTelemetry({
    DATABASE_URL: platform.services.env.DATABASE_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })
})

afterAll(async () => {
  await platform?.stop()
  await collector?.stop()
})

/** Uploads a sermon in a request with the trace of a browser. */
async function uploadInTrace(): Promise<string> {
  const { services, churchId } = platform
  const request = new Request('http://localhost/api/v1/sermons/1/complete-upload', {
    method: 'POST',
    headers: { traceparent: `00-${traceId}-${browserSpan}-01` },
  })
  let sermonId = ''
  await traceRequest(request, { route: '/api/v1/sermons/[id]/complete-upload' }, async () => {
    sermonId = await uploadSermon(services, {
      churchId,
      filePath: path.join(sample, 'audio.mp3'),
      transcriptFile: path.join(sample, 'transcript.vtt'),
    })
    return new Response(null, { status: 202 })
  })
  await waitForProcessing(services, { sermonId, churchId, limitMs: 240_000 })
  return sermonId
}

const runsOf = (sermonId: string) =>
  platform.services.db.select().from(runs).where(eq(runs.sermonId, sermonId))

const waitForAnnouncement = (sermonId: string) =>
  expect
    .poll(
      async () => {
        const all = await runsOf(sermonId)
        return (
          all.some(({ taskId }) => taskId === 'announce') && all.every(({ status }) => status === 'completed')
        )
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBe(true)

test('one trace contains the browser’s request, the event and every child run, in the database and at the collector', async () => {
  const { db } = platform.services
  const sermonId = await uploadInTrace()
  await waitForAnnouncement(sermonId)
  const [event] = await db.select().from(events).where(eq(events.sermonId, sermonId))
  expect(event?.traceparent).toContain(traceId)
  const all = await runsOf(sermonId)
  const tasks = ['process-sermon', 'prepare-media', 'read-transcript', 'index-passages', 'announce']
  expect(all.map(({ taskId }) => taskId).sort()).toEqual(tasks.toSorted())
  expect(all.map((run) => run.traceId)).toEqual(all.map(() => traceId))

  // Spans arrive a little after their work, the outer ones last. Then the parents of each lead to the
  // browser's request.
  const read = () => db.select().from(spans).where(eq(spans.traceId, traceId))
  const readAncestries = async () => {
    const bySpan = new Map((await read()).map((span) => [span.spanId, span]))
    const ancestry = (spanId: string): string[] => {
      const span = bySpan.get(spanId)
      return span ? [span.name, ...ancestry(span.parentSpanId ?? '')] : [spanId]
    }
    return all.map((run) => {
      const own = [...bySpan.values()].find((span) => span.name === 'run()' && span.runId === run.id)
      return ancestry(own?.spanId ?? '').slice(-2)
    })
  }
  await expect
    .poll(readAncestries, { timeout: 60_000, interval: 100 })
    .toEqual(tasks.map(() => ['POST /api/v1/sermons/[id]/complete-upload', browserSpan]))
  const names = new Set((await read()).map(({ name }) => name))
  for (const step of ['probe', 'measure', 'level', 'encode', 'make-playable', 'read', 'store', 'embed']) {
    expect(names).toContain(`step ${step}`)
  }
  const sent = () =>
    collector.received.filter(({ path: to, text }) => to === '/v1/traces' && text.includes(traceId))
  await expect.poll(() => sent().some(({ text }) => text.includes('step announce'))).toBe(true)
}, 300_000)

test('the logs of a run are stored with it, without secrets', async () => {
  const { db, env } = platform.services
  const stored = await db.select().from(logs)
  const encoded = stored.find(({ message }) => message === 'Step encode: done')
  expect(encoded).toMatchObject({ level: 'info', traceId, attributes: { tookMs: expect.any(Number) } })
  const [run] = await db
    .select()
    .from(runs)
    .where(eq(runs.id, encoded?.runId ?? ''))
  expect(run?.taskId).toBe('prepare-media')
  const everything = JSON.stringify([stored, await db.select().from(spans)])
  expect(everything).not.toContain(env.SUPABASE_SECRET_KEY)
  expect(everything).not.toContain(platform.engine.secretKey)
})

test('work continues when neither database nor collector accepts spans and logs', async () => {
  const { services, churchId } = platform
  const { db } = services
  await db.execute(sql`alter table spans rename to spans_away`)
  await db.execute(sql`alter table logs rename to logs_away`)
  collector.stopAnswering()
  try {
    const [sermon] = await db.select().from(sermons)
    const sermonId = sermon?.id ?? ''
    await reprocessSermon(services, { sermonId, churchId, redo: ['transcript', 'index'] })
    await waitForProcessing(services, { sermonId, churchId })
    await waitForAnnouncement(sermonId)
    const all = await runsOf(sermonId)
    expect(all.filter(({ taskId }) => taskId === 'index-passages')).toHaveLength(2)
    expect(all.map(({ status, attempt }) => [status, attempt])).toEqual(all.map(() => ['completed', 1]))
  } finally {
    await db.execute(sql`alter table spans_away rename to spans`)
    await db.execute(sql`alter table logs_away rename to logs`)
  }
}, 300_000)
