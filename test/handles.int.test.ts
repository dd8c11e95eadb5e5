import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { hashToken } from '#lib/auth/resolve-token-actor.ts'
import { makeWav } from '#test/media/make-wav.ts'
import { type RunningSelah, startSelah } from '#test/start-selah.ts'
import { buildWeb } from '../scripts/build/build-web.ts'

// Written as an outside program would be: what is tested here is all that such programs may rely on.
const root = path.resolve(import.meta.dirname, '..')
const owner = { email: 'owner@selah.test', password: 'a long enough password' }
const nobody = randomUUID()
const captions = `WEBVTT

00:00.000 --> 00:04.000
The shepherd leaves the ninety and nine upon the mountain.

00:04.000 --> 00:08.000
He seeks the one that has strayed until he finds it.

00:08.000 --> 00:12.000
<script>alert("x")</script> and there is joy in heaven.
`

const spoken =
  'The shepherd leaves the ninety and nine upon the mountain. He seeks the one that has strayed until he ' +
  'finds it. alert("x") and there is joy in heaven.'

const facet = z.enum(['pending', 'running', 'ready', 'failed', 'waiting'])
const sermonSchema = z.object({
  id: z.uuid(),
  slug: z.string().min(1),
  title: z.string().min(1),
  speaker: z.string().nullable(),
  series: z.string().nullable(),
  publication: z.enum(['draft', 'scheduled', 'published']),
  durationMs: z.number().nullable(),
  facets: z.strictObject({ media: facet, transcript: facet, index: facet }),
  error: z.unknown().optional(),
  links: z.strictObject({
    page: z.url(),
    hls: z.url().nullable(),
    podcast: z.url().nullable(),
    transcriptVtt: z.url().nullable(),
  }),
})
const passageSchema = z.object({
  sermonId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  text: z.string(),
})
const answerSchema = z.object({
  refused: z.boolean(),
  answer: z.string().nullable(),
  quotes: z.array(passageSchema),
  nearest: z.array(z.unknown()),
})
const pageSchema = z.object({
  sermons: z.array(z.object({ id: z.string() })),
  next: z.string().nullable(),
})
const createdSchema = z.object({
  sermon: z.object({ id: z.string() }),
  upload: z.object({
    endpoint: z.string(),
    headers: z.record(z.string(), z.string()),
    metadata: z.record(z.string(), z.string()),
    chunkSizeBytes: z.number(),
  }),
})
const madeTokenSchema = z.object({ id: z.string(), token: z.string() })
const doctorSchema = z.object({
  status: z.literal('ok'),
  databaseUrl: z.string(),
  triggerUrl: z.url(),
})

let selah: RunningSelah
let folder: string
let database: pg.Client
let token: string

vi.setConfig({ testTimeout: 180_000 })

beforeAll(async () => {
  await buildWeb(root)
  folder = await mkdtemp(path.join(tmpdir(), 'selah-handles-'))
  await writeFile(path.join(folder, 'talk.wav'), makeWav({ durationMs: 12_000 }))
  await writeFile(path.join(folder, 'talk.vtt'), captions)
  selah = await startSelah({
    dataDir: path.join(folder, 'data'),
    env: {
      SELAH_SAMPLES: '0',
      SELAH_OWNER_EMAIL: owner.email,
      SELAH_OWNER_PASSWORD: owner.password,
    },
  })
  const { databaseUrl } = doctorSchema.parse((await run('doctor', '--json')).json)
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  token = madeTokenSchema.parse(await (await call('POST', '/api/v1/login', { body: owner })).json()).token
}, 600_000)

afterAll(async () => {
  await database?.end()
  await selah?.stop()
  await rm(folder, { recursive: true, force: true })
})

type Call = { token?: string; body?: unknown; raw?: string; headers?: Record<string, string> }

function call(method: string, address: string, given: Call = {}): Promise<Response> {
  const body = given.raw ?? (given.body === undefined ? undefined : JSON.stringify(given.body))
  return fetch(new URL(address, selah.url), {
    method,
    redirect: 'manual',
    headers: {
      ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...given.headers,
    },
    ...(body === undefined ? {} : { body }),
  })
}

/** Runs the command line tool as npm would from `folder`; stdout has to be JSON alone. */
function run(...args: string[]): Promise<{ code: number; json: unknown }> {
  return runAs({ SELAH_OWNER_EMAIL: owner.email, SELAH_OWNER_PASSWORD: owner.password }, args)
}

async function runAs(who: Record<string, string>, args: string[]): Promise<{ code: number; json: unknown }> {
  const child = spawn(process.execPath, [path.join(root, 'scripts/selah.ts'), ...args], {
    cwd: root,
    env: {
      ...process.env,
      SELAH_DATA_DIR: path.join(folder, 'data'),
      ...who,
      SELAH_ENV_FILES: '0',
      npm_lifecycle_event: 'selah',
      INIT_CWD: folder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const code = await new Promise<number>((resolve) => child.once('close', (exit) => resolve(exit ?? 1)))
  return { code, json: JSON.parse(output) }
}

async function expectError(response: Response, status: number, code: unknown = expect.any(String)) {
  const text = await response.text()
  expect({ status: response.status, text }).toMatchObject({ status })
  expect(JSON.parse(text)).toEqual({ error: { code, message: expect.stringMatching(/[.!?”]$/) } })
  expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+|Error:/)
}

async function createDraft(title: string, given: { token?: string } = {}) {
  const body = { title, fileName: 'talk.wav', sizeBytes: 10 }
  const response = await call('POST', '/api/v1/sermons', { token: given.token ?? token, body })
  expect(response.status).toBe(201)
  return createdSchema.parse(await response.json())
}

describe('what goes wrong is said in one shape', () => {
  test.each([
    ['an address that has nothing', 'GET', '/api/v1/nothing', {}, 404],
    ['one above the first version', 'GET', '/api', {}, 404],
    ['one that takes something', 'POST', '/api/v1/sermons/a/b/c/d', { body: {} }, 404],
    ['a method the address does not have', 'DELETE', '/api/v1/sermons', {}, 405],
    ['reading what can only be sent', 'GET', '/api/v1/ask', {}, 405],
    ['changing the state of health', 'POST', '/api/health', {}, 405],
    ['an id that is none', 'GET', '/api/v1/sermons/none', {}, 404],
    ['an id nothing has', 'GET', `/api/v1/sermons/${nobody}`, {}, 404],
    ['a playlist of nothing', 'GET', `/api/v1/sermons/${nobody}/hls/master.m3u8`, {}, 404],
    ['captions of nothing', 'GET', `/api/v1/sermons/${nobody}/transcript.vtt`, {}, 404],
    ['an address that is no text', 'GET', '/api/v1/sermons/%ff', {}, 400],
    ['a limit that is no number', 'GET', '/api/v1/sermons?limit=many', {}, 400],
    ['a limit of nothing', 'GET', '/api/v1/sermons?limit=0', {}, 400],
    ['a limit too high', 'GET', '/api/v1/sermons?limit=100000', {}, 400],
    ['a cursor nobody gave', 'GET', '/api/v1/sermons?cursor=made-up', {}, 400],
    ['a cursor of something else', 'GET', '/api/v1/sermons?cursor=WzEsMl0', {}, 400],
    ['a search that never ends', 'GET', `/api/v1/search?q=${'a'.repeat(5000)}`, {}, 400],
    ['an address without end', 'GET', `/api/v1/search?q=${'a'.repeat(60_000)}`, {}, 431],
    ['a question that is not JSON', 'POST', '/api/v1/ask', { raw: '{"question":' }, 400],
    ['a question that is a list', 'POST', '/api/v1/ask', { body: ['why'] }, 400],
    ['no question', 'POST', '/api/v1/ask', { body: { question: '  ' } }, 400],
    ['a question about no sermon', 'POST', '/api/v1/ask', { body: { question: 'why', sermonId: '1' } }, 400],
    ['a body too large', 'POST', '/api/v1/ask', { raw: ' '.repeat(1_100_000) }, 413],
    ['a sermon by nobody', 'POST', '/api/v1/sermons', { body: { title: 'x' } }, 401],
    ['a token nobody made', 'GET', '/api/v1/sermons', { token: 'selah_made-up' }, 401],
    [
      'another kind of credentials',
      'GET',
      '/api/v1/sermons',
      { headers: { authorization: 'Basic eA==' } },
      401,
    ],
    ['a wrong password', 'POST', '/api/v1/login', { body: { ...owner, password: 'guess' } }, 401],
    ['an address nobody has', 'POST', '/api/v1/login', { body: { ...owner, email: 'no@selah.test' } }, 401],
  ] satisfies [string, string, string, Call, number][])(
    '%s',
    async (_what, method, address, given, status) => {
      await expectError(await call(method, address, given), status)
    },
  )

  test('a refused method says which there are', async () => {
    const response = await call('PUT', '/api/v1/sermons')
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
  })

  test('a body that never says how long it is is cut off at the limit', async () => {
    const pieces = Array.from({ length: 48 }, () => new Uint8Array(64 * 1024))
    const body = new ReadableStream({
      pull(controller) {
        const piece = pieces.pop()
        if (piece) controller.enqueue(piece)
        else controller.close()
      },
    })
    const init = { method: 'POST', body, duplex: 'half' }
    await expectError(await fetch(new URL('/api/v1/ask', selah.url), init), 413)
  })
})

test('health names every service, its mode and its state', async () => {
  const response = await call('GET', '/api/health')
  expect(response.status).toBe(200)
  const local = (state: unknown = 'ok') => ({ mode: 'local', state })
  expect(await response.json()).toMatchObject({
    status: 'ok',
    services: {
      database: local(),
      storage: local(),
      jobs: local(),
      speech: local(expect.stringMatching(/^(ok|off)$/)),
      embeddings: local(),
      answers: local(),
    },
  })
})

test('every page says what a browser may run and who may frame it', async () => {
  const { headers } = await call('GET', '/')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('content-security-policy')).toContain("object-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

describe('tokens', () => {
  const make = async (body: object) =>
    madeTokenSchema.parse(await (await call('POST', '/api/v1/tokens', { token, body })).json())

  test('one that is revoked ends at once', async () => {
    const made = await make({ name: 'short' })
    expect((await call('GET', '/api/v1/sermons', { token: made.token })).status).toBe(200)
    expect((await call('DELETE', `/api/v1/tokens/${made.id}`, { token })).status).toBe(204)
    await expectError(await call('GET', '/api/v1/sermons', { token: made.token }), 401, 'not_signed_in')
  })

  test('one that has run out is none', async () => {
    const made = await make({ name: 'past', expiresAt: new Date(Date.now() - 1000).toISOString() })
    await expectError(await call('GET', '/api/v1/sermons', { token: made.token }), 401, 'not_signed_in')
  })

  test('one of another church neither sees nor changes a draft', async () => {
    const { sermon } = await createDraft('Between us')
    const foreign = await makeForeignToken()
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { title: 'Mine' }],
      ['DELETE', '', undefined],
      ['POST', '/publish', {}],
      ['POST', '/unpublish', {}],
      ['POST', '/reprocess', {}],
      ['POST', '/complete-upload', undefined],
      ['POST', '/upload', undefined],
      ['GET', '/audio', undefined],
      ['GET', '/hls/master.m3u8', undefined],
      ['GET', '/transcript.vtt', undefined],
    ] as const) {
      const address = `/api/v1/sermons/${sermon.id}${suffix}`
      await expectError(await call(method, address, { token: foreign, body }), 404)
    }
    const list = pageSchema.parse(await (await call('GET', '/api/v1/sermons', { token: foreign })).json())
    expect(list.sermons).toEqual([])
    const kept = await (await call('GET', `/api/v1/sermons/${sermon.id}`, { token })).json()
    expect(kept).toMatchObject({ title: 'Between us', publication: 'draft' })
  })

  /** A second church with an owner of its own, made where only a start makes the first. */
  async function makeForeignToken(): Promise<string> {
    const made = `selah_${randomUUID()}`
    const [userId, churchId] = [randomUUID(), randomUUID()]
    await database.query(`insert into churches (id, name, slug) values ($1, 'Other', $2)`, [
      churchId,
      `church-${churchId}`,
    ])
    await database.query(`insert into profiles (id, email, display_name) values ($1, $2, '')`, [
      userId,
      `${userId}@selah.test`,
    ])
    await database.query(`insert into memberships (church_id, user_id, role) values ($1, $2, 'owner')`, [
      churchId,
      userId,
    ])
    await database.query(
      `insert into api_tokens (church_id, user_id, name, token_hash, hint) values ($1, $2, 'x', $3, 'xxxx')`,
      [churchId, userId, hashToken(made)],
    )
    return made
  }
})

test('sermons come page by page, each once, newest first', async () => {
  const made: string[] = []
  for (const title of ['One', 'Two', 'Three', 'Four', 'Five']) {
    const { sermon } = await createDraft(title)
    await call('POST', `/api/v1/sermons/${sermon.id}/publish`, { token, body: {} })
    made.unshift(sermon.id)
  }
  const seen: string[] = []
  let next: string | null = null
  do {
    const query = new URLSearchParams({ limit: '2', ...(next ? { cursor: next } : {}) })
    const page = pageSchema.parse(await (await call('GET', `/api/v1/sermons?${query}`)).json())
    expect(page.sermons.length).toBeLessThanOrEqual(2)
    seen.push(...page.sermons.map(({ id }) => id))
    next = page.next
  } while (next)
  expect(seen.filter((id) => made.includes(id))).toEqual(made)
  expect(new Set(seen).size).toBe(seen.length)
})

test('sermons of one title sent at the same moment get an address each', async () => {
  const drafts = await Promise.all(Array.from({ length: 12 }, () => createDraft('All at once')))
  const slugs = new Set<unknown>()
  for (const { sermon } of drafts) {
    const { slug } = await (await call('GET', `/api/v1/sermons/${sermon.id}`, { token })).json()
    slugs.add(slug)
  }
  expect(slugs.size).toBe(12)
})

describe('from the recording to the answer', () => {
  let sermonId: string
  let sermon: z.infer<typeof sermonSchema>

  beforeAll(async () => {
    const recording = makeWav({ durationMs: 12_000, seed: 7 })
    const body = {
      title: 'The lost <b>sheep</b>',
      speaker: 'Ruth "Moab"',
      series: 'Parables',
      preachedOn: '2024-05-05',
      fileName: 'talk.wav',
      sizeBytes: recording.length,
      contentType: 'audio/wav',
    }
    const response = await call('POST', '/api/v1/sermons', { token, body })
    const created = createdSchema.parse(await response.json())
    sermonId = created.sermon.id
    await expectError(await call('POST', `/api/v1/sermons/${sermonId}/complete-upload`, { token }), 409)
    await new Promise<void>((resolve, reject) => {
      new Upload(recording, {
        endpoint: new URL(created.upload.endpoint, selah.url).href,
        headers: created.upload.headers,
        metadata: { ...created.upload.metadata, contentType: 'audio/wav' },
        chunkSize: created.upload.chunkSizeBytes,
        onError: reject,
        onSuccess: () => resolve(),
      }).start()
    })
    const supplied = await call('POST', `/api/v1/sermons/${sermonId}/transcript`, {
      token,
      raw: captions,
      headers: { 'content-type': 'text/vtt' },
    })
    expect(supplied.status).toBe(202)
    const completed = await call('POST', `/api/v1/sermons/${sermonId}/complete-upload`, { token })
    expect(completed.status).toBe(202)
    sermon = await untilReady()
  }, 180_000)

  async function untilReady(): Promise<z.infer<typeof sermonSchema>> {
    for (;;) {
      const now = sermonSchema.parse(
        await (await call('GET', `/api/v1/sermons/${sermonId}`, { token })).json(),
      )
      const states = Object.values(now.facets)
      if (states.every((state) => state === 'ready')) return now
      if (states.includes('failed')) throw new Error(`Processing failed: ${JSON.stringify(now)}`)
      await delay(200)
    }
  }

  test('a draft is a secret of its church', async () => {
    for (const suffix of ['', '/audio', '/hls/master.m3u8', '/transcript.vtt']) {
      await expectError(await call('GET', `/api/v1/sermons/${sermonId}${suffix}`), 404)
    }
    const page = await (await call('GET', new URL(sermon.links.page).pathname)).text()
    expect(page).not.toMatch(/mountain|Moab|Parables/)
    const found = await (await call('GET', '/api/v1/search?q=ninety%20and%20nine')).json()
    expect(found).toEqual({ results: [] })
    const body = { question: 'What does the shepherd do?', sermonId }
    const asked = await call('POST', '/api/v1/ask', { body, headers: { accept: 'application/json' } })
    expect(JSON.stringify(await asked.json())).not.toContain('mountain')
  })

  describe('once it is published', () => {
    beforeAll(async () => {
      const published = await call('POST', `/api/v1/sermons/${sermonId}/publish`, { token, body: {} })
      expect(await published.json()).toMatchObject({ publication: 'published' })
    })

    test('everybody sees what it is and where its parts are', async () => {
      const seen = await (await call('GET', `/api/v1/sermons/${sermonId}`)).json()
      expect(seen).toMatchObject({
        title: 'The lost <b>sheep</b>',
        speaker: 'Ruth "Moab"',
        series: 'Parables',
        publication: 'published',
        durationMs: 12_000,
        facets: { media: 'ready', transcript: 'ready', index: 'ready' },
      })
    })

    test('its page shows what was typed and said as text', async () => {
      const page = await (await call('GET', new URL(sermon.links.page).pathname)).text()
      expect(page).toContain('The lost &lt;b&gt;sheep&lt;/b&gt;')
      expect(page).not.toContain('The lost <b>')
      expect(page).not.toContain('<script>alert')
    })

    test('its stream leads from the master playlist to sound', async () => {
      const masterUrl = new URL(new URL(sermon.links.hls ?? '').pathname, selah.url)
      const master = await (await fetch(masterUrl)).text()
      expect(master).toMatch(/^#EXTM3U/)
      const renditions = master.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
      expect(renditions.length).toBeGreaterThan(0)
      for (const rendition of renditions) {
        const mediaUrl = new URL(rendition, masterUrl)
        const playlist = await (await fetch(mediaUrl)).text()
        expect(playlist).toContain('#EXT-X-ENDLIST')
        const [, mapFile = '', mapLength, mapStart] =
          /#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"/.exec(playlist) ?? []
        const init = await readPart(new URL(mapFile, mediaUrl), Number(mapStart), Number(mapLength))
        expect(init.subarray(4, 8).toString('latin1')).toBe('ftyp')
        const parts = [...playlist.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)\n([^#\n]+)/g)]
        expect(parts.length).toBeGreaterThan(0)
        for (const [, length, start, file = ''] of parts) {
          const segment = await readPart(new URL(file, mediaUrl), Number(start), Number(length))
          expect(segment.indexOf('moof')).toBeGreaterThan(0)
        }
      }
    })

    async function readPart(url: URL, start: number, length: number): Promise<Buffer> {
      const response = await fetch(new URL(url.pathname + url.search, selah.url), {
        headers: { range: `bytes=${start}-${start + length - 1}` },
      })
      expect(response.status).toBe(206)
      const part = Buffer.from(await response.arrayBuffer())
      expect(part).toHaveLength(length)
      return part
    }

    test('its podcast file is one file of sound under its own name', async () => {
      const response = await fetch(new URL(new URL(sermon.links.podcast ?? '').pathname, selah.url), {
        headers: { range: 'bytes=0-99' },
      })
      expect(response.status).toBe(206)
      expect(response.headers.get('content-type')).toBe('audio/mp4')
      expect(response.headers.get('content-disposition')).toContain('.m4a')
      expect(
        Buffer.from(await response.arrayBuffer())
          .subarray(4, 8)
          .toString('latin1'),
      ).toBe('ftyp')
    })

    test('its captions are WebVTT that says what was said, markup as text', async () => {
      const response = await call('GET', new URL(sermon.links.transcriptVtt ?? '').pathname)
      expect(response.headers.get('content-type')).toContain('text/vtt')
      const vtt = await response.text()
      expect(vtt).toMatch(/^WEBVTT/)
      expect(vtt).toMatch(/\d\d:\d\d\.\d{3} --> \d\d:\d\d/)
      expect(vtt).toContain('ninety and nine')
      expect(vtt).not.toContain('<script')
    })

    test('search finds the passage and when it begins', async () => {
      const response = await call('GET', '/api/v1/search?q=ninety%20and%20nine&limit=1')
      const shape = z.object({ results: z.array(passageSchema.extend({ score: z.number() })).length(1) })
      const { results } = shape.parse(await response.json())
      expect(results[0]).toMatchObject({ sermonId, slug: sermon.slug, title: 'The lost <b>sheep</b>' })
    })

    test('a question is answered in the words of the sermon, in JSON or as a stream', async () => {
      const body = { question: 'Who does the shepherd seek?', sermonId }
      const json = await call('POST', '/api/v1/ask', { body, headers: { accept: 'application/json' } })
      const answer = answerSchema.parse(await json.json())
      expect(answer.refused).toBe(false)
      expect(answer.quotes[0]?.sermonId).toBe(sermonId)
      expect(spoken).toContain(answer.quotes[0]?.text)
      const stream = await call('POST', '/api/v1/ask', { body })
      expect(stream.headers.get('content-type')).toContain('text/event-stream')
      const text = await stream.text()
      expect(text).toContain('data: ')
      expect(text).toContain(JSON.stringify(answer.quotes[0]?.text).slice(1, -1))
    })

    test('what nobody preached on is not answered', async () => {
      const body = { question: 'How do I configure a carburettor?' }
      const json = await call('POST', '/api/v1/ask', { body, headers: { accept: 'application/json' } })
      expect(await json.json()).toMatchObject({ refused: true, answer: null, quotes: [] })
    })

    test('it can be taken back', async () => {
      await call('POST', `/api/v1/sermons/${sermonId}/unpublish`, { token })
      await expectError(await call('GET', `/api/v1/sermons/${sermonId}`), 404)
      await call('POST', `/api/v1/sermons/${sermonId}/publish`, { token, body: {} })
      expect((await call('GET', `/api/v1/sermons/${sermonId}`)).status).toBe(200)
    })
  })
})

describe('the command line', () => {
  test('doctor says where the database and the engine are, and they are there', async () => {
    const { code, json } = await run('doctor', '--json')
    expect(code).toBe(0)
    const { databaseUrl, triggerUrl } = doctorSchema.parse(json)
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    const { rows } = await client.query('select 1 + 1 as two')
    await client.end()
    expect(rows).toEqual([{ two: 2 }])
    expect((await fetch(triggerUrl)).status).toBeLessThan(500)
  })

  test('import takes files from where it was called, publishes, and waits until all is ready', async () => {
    const { code, json } = await run(
      'import',
      'talk.wav',
      ...['--transcript', 'talk.vtt', '--title', 'Called from afar', '--speaker', 'Amos'],
      ...['--series', 'Minor prophets', '--date', '2023-01-01', '--publish', '--wait', '--json'],
    )
    expect(code).toBe(0)
    expect(json).toMatchObject({
      title: 'Called from afar',
      speaker: 'Amos',
      series: 'Minor prophets',
      preachedOn: '2023-01-01',
      publication: 'published',
      facets: { media: 'ready', transcript: 'ready', index: 'ready' },
    })
  })

  test('a file that is no recording ends with its reason on the sermon, and a failure for the shell', async () => {
    await writeFile(path.join(folder, 'list.mp3'), '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n')
    const { code, json } = await run('import', 'list.mp3', '--wait', '--json')
    expect(code).toBe(1)
    expect(json).toMatchObject({
      facets: { media: 'failed' },
      error: { code: 'media.playlist', message: expect.stringMatching(/playlist/) },
    })
  })

  test.each([
    ['an option there is not', ['runs', '--nonsense'], 'bad_arguments'],
    ['a command there is not', ['nonsense'], 'failed'],
    ['a file there is not', ['import', 'nothing.mp3'], 'file_unreadable'],
    ['a folder', ['import', '.'], 'file_unreadable'],
    ['a run there is not', ['retry', 'run_nothing'], 'not_found'],
    ['a limit there is not', ['search', 'joy', '--limit', '9999'], 'bad_request'],
  ])('%s is a failure in JSON', async (_what, args, code) => {
    const answer = await run(...args, '--json')
    expect(answer.code).toBe(1)
    expect(answer.json).toEqual({ error: { code, message: expect.any(String) } })
  })

  test('signing in keeps a token, and says so where it cannot or where nobody answers', async () => {
    const here = { SELAH_OWNER_EMAIL: owner.email, SELAH_OWNER_PASSWORD: owner.password }
    const kept = { XDG_CONFIG_HOME: path.join(folder, 'config') }
    expect(await runAs({ ...here, ...kept }, ['login', '--json'])).toMatchObject({ code: 0 })
    expect(await runAs(kept, ['runs', '--limit', '1', '--json'])).toMatchObject({ code: 0 })
    const failures = {
      'could not be kept': { ...here, XDG_CONFIG_HOME: '/dev/null/x' },
      'Nobody answered': kept,
    }
    for (const [reason, who] of Object.entries(failures)) {
      const { code, json } = await runAs(who, ['login', '--json'])
      expect(code).toBe(1)
      expect(JSON.stringify(json)).toContain(reason)
    }
  })

  test('it may sign in as often as it likes', async () => {
    for (let round = 0; round < 32; round += 1) {
      expect((await call('POST', '/api/v1/login', { body: { ...owner, lifeSeconds: 60 } })).status).toBe(201)
    }
  })
})
