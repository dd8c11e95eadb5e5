import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { makeWav } from '#harness/media/make-wav.ts'
import { hashToken } from '#lib/auth/resolve-token-actor.ts'
import {
  captions,
  createdSchema,
  createdTokenSchema,
  expectError,
  type Outside,
  startOutside,
} from '#test/handles/start-outside.ts'

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
let outside: Outside

vi.setConfig({ testTimeout: 180_000 })

beforeAll(async () => {
  outside = await startOutside()
}, 600_000)

afterAll(() => outside?.stop())

describe('tokens', () => {
  const make = async (body: object) =>
    createdTokenSchema.parse(
      await (await outside.call('POST', '/api/v1/tokens', { token: outside.token, body })).json(),
    )

  test('a revoked token ends immediately', async () => {
    const made = await make({ name: 'short' })
    expect((await outside.call('GET', '/api/v1/sermons', { token: made.token })).status).toBe(200)
    expect((await outside.call('DELETE', `/api/v1/tokens/${made.id}`, { token: outside.token })).status).toBe(
      204,
    )
    await expectError(
      await outside.call('GET', '/api/v1/sermons', { token: made.token }),
      401,
      'not_signed_in',
    )
  })

  test('an expired token is refused', async () => {
    const made = await make({ name: 'past', expiresAt: new Date(Date.now() - 1000).toISOString() })
    await expectError(
      await outside.call('GET', '/api/v1/sermons', { token: made.token }),
      401,
      'not_signed_in',
    )
  })

  test('a token of another church neither reads nor changes a draft', async () => {
    const { sermon } = await outside.createDraft('Between us')
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
      await expectError(await outside.call(method, address, { token: foreign, body }), 404)
    }
    const list = pageSchema.parse(
      await (await outside.call('GET', '/api/v1/sermons', { token: foreign })).json(),
    )
    expect(list.sermons).toEqual([])
    const kept = await (
      await outside.call('GET', `/api/v1/sermons/${sermon.id}`, { token: outside.token })
    ).json()
    expect(kept).toMatchObject({ title: 'Between us', publication: 'draft' })
  })

  /** Creates a token of a second church in the database, because the product creates only one church. */
  async function makeForeignToken(): Promise<string> {
    const made = `selah_${randomUUID()}`
    const [userId, churchId] = [randomUUID(), randomUUID()]
    await outside.database.query(`insert into churches (id, name, slug) values ($1, 'Other', $2)`, [
      churchId,
      `church-${churchId}`,
    ])
    await outside.database.query(`insert into profiles (id, email, display_name) values ($1, $2, '')`, [
      userId,
      `${userId}@selah.test`,
    ])
    await outside.database.query(
      `insert into memberships (church_id, user_id, role) values ($1, $2, 'owner')`,
      [churchId, userId],
    )
    await outside.database.query(
      `insert into api_tokens (church_id, user_id, name, token_hash, hint) values ($1, $2, 'x', $3, 'xxxx')`,
      [churchId, userId, hashToken(made)],
    )
    return made
  }
})

test('sermons are listed in pages, each once, newest first', async () => {
  const made: string[] = []
  for (const title of ['One', 'Two', 'Three', 'Four', 'Five']) {
    const { sermon } = await outside.createDraft(title)
    await outside.call('POST', `/api/v1/sermons/${sermon.id}/publish`, { token: outside.token, body: {} })
    made.unshift(sermon.id)
  }
  const seen: string[] = []
  let next: string | null = null
  do {
    const query = new URLSearchParams({ limit: '2', ...(next ? { cursor: next } : {}) })
    const page = pageSchema.parse(await (await outside.call('GET', `/api/v1/sermons?${query}`)).json())
    expect(page.sermons.length).toBeLessThanOrEqual(2)
    seen.push(...page.sermons.map(({ id }) => id))
    next = page.next
  } while (next)
  expect(seen.filter((id) => made.includes(id))).toEqual(made)
  expect(new Set(seen).size).toBe(seen.length)
})

test('sermons with the same title, sent at the same time, get different addresses', async () => {
  const drafts = await Promise.all(Array.from({ length: 12 }, () => outside.createDraft('All at once')))
  const slugs = new Set<unknown>()
  for (const { sermon } of drafts) {
    const { slug } = await (
      await outside.call('GET', `/api/v1/sermons/${sermon.id}`, { token: outside.token })
    ).json()
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
    const response = await outside.call('POST', '/api/v1/sermons', { token: outside.token, body })
    const created = createdSchema.parse(await response.json())
    sermonId = created.sermon.id
    await expectError(
      await outside.call('POST', `/api/v1/sermons/${sermonId}/complete-upload`, { token: outside.token }),
      409,
    )
    await new Promise<void>((resolve, reject) => {
      new Upload(recording, {
        endpoint: new URL(created.upload.endpoint, outside.url).href,
        headers: created.upload.headers,
        metadata: { ...created.upload.metadata, contentType: 'audio/wav' },
        chunkSize: created.upload.chunkSizeBytes,
        onError: reject,
        onSuccess: () => resolve(),
      }).start()
    })
    const supplied = await outside.call('POST', `/api/v1/sermons/${sermonId}/transcript`, {
      token: outside.token,
      raw: captions,
      headers: { 'content-type': 'text/vtt' },
    })
    expect(supplied.status).toBe(202)
    const completed = await outside.call('POST', `/api/v1/sermons/${sermonId}/complete-upload`, {
      token: outside.token,
    })
    expect(completed.status).toBe(202)
    sermon = await waitUntilReady()
  }, 180_000)

  async function waitUntilReady(): Promise<z.infer<typeof sermonSchema>> {
    for (;;) {
      const now = sermonSchema.parse(
        await (await outside.call('GET', `/api/v1/sermons/${sermonId}`, { token: outside.token })).json(),
      )
      const states = Object.values(now.facets)
      if (states.every((state) => state === 'ready')) return now
      if (states.includes('failed')) throw new Error(`Processing failed: ${JSON.stringify(now)}`)
      await delay(200)
    }
  }

  test('a draft is visible only to its church', async () => {
    for (const suffix of ['', '/audio', '/hls/master.m3u8', '/transcript.vtt']) {
      await expectError(await outside.call('GET', `/api/v1/sermons/${sermonId}${suffix}`), 404)
    }
    const page = await (await outside.call('GET', new URL(sermon.links.page).pathname)).text()
    expect(page).not.toMatch(/mountain|Moab|Parables/)
    const found = await (await outside.call('GET', '/api/v1/search?q=ninety%20and%20nine')).json()
    expect(found).toEqual({ results: [] })
    const body = { question: 'What does the shepherd do?', sermonId }
    const response = await outside.call('POST', '/api/v1/ask', {
      body,
      headers: { accept: 'application/json' },
    })
    expect(JSON.stringify(await response.json())).not.toContain('mountain')
  })

  describe('when it is published', () => {
    beforeAll(async () => {
      const published = await outside.call('POST', `/api/v1/sermons/${sermonId}/publish`, {
        token: outside.token,
        body: {},
      })
      expect(await published.json()).toMatchObject({ publication: 'published' })
    })

    test('everyone can read its details and links', async () => {
      const seen = await (await outside.call('GET', `/api/v1/sermons/${sermonId}`)).json()
      expect(seen).toMatchObject({
        title: 'The lost <b>sheep</b>',
        speaker: 'Ruth "Moab"',
        series: 'Parables',
        publication: 'published',
        durationMs: 12_000,
        facets: { media: 'ready', transcript: 'ready', index: 'ready' },
      })
    })

    test('its page shows the title and the transcript as text', async () => {
      const page = await (await outside.call('GET', new URL(sermon.links.page).pathname)).text()
      expect(page).toContain('The lost &lt;b&gt;sheep&lt;/b&gt;')
      expect(page).not.toContain('The lost <b>')
      expect(page).not.toContain('<script>alert')
    })

    test('its stream can be played from the master playlist', async () => {
      const masterUrl = new URL(new URL(sermon.links.hls ?? '').pathname, outside.url)
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
      const response = await fetch(new URL(url.pathname + url.search, outside.url), {
        headers: { range: `bytes=${start}-${start + length - 1}` },
      })
      expect(response.status).toBe(206)
      const part = Buffer.from(await response.arrayBuffer())
      expect(part).toHaveLength(length)
      return part
    }

    test('its podcast file is one audio file with its own name', async () => {
      const response = await fetch(new URL(new URL(sermon.links.podcast ?? '').pathname, outside.url), {
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

    test('its captions are WebVTT with the transcript, and markup as text', async () => {
      const response = await outside.call('GET', new URL(sermon.links.transcriptVtt ?? '').pathname)
      expect(response.headers.get('content-type')).toContain('text/vtt')
      const vtt = await response.text()
      expect(vtt).toMatch(/^WEBVTT/)
      expect(vtt).toMatch(/\d\d:\d\d\.\d{3} --> \d\d:\d\d/)
      expect(vtt).toContain('ninety and nine')
      expect(vtt).not.toContain('<script')
    })

    test('search finds the passage and its start', async () => {
      const response = await outside.call('GET', '/api/v1/search?q=ninety%20and%20nine&limit=1')
      const shape = z.object({ results: z.array(passageSchema.extend({ score: z.number() })).length(1) })
      const { results } = shape.parse(await response.json())
      expect(results[0]).toMatchObject({ sermonId, slug: sermon.slug, title: 'The lost <b>sheep</b>' })
    })

    const ask = (body: Record<string, unknown>) =>
      outside.call('POST', '/api/v1/ask', { body, headers: { accept: 'application/json' } })

    test('a question is answered with words of the sermon, as JSON or as a stream', async () => {
      const body = { question: 'Who does the shepherd seek?', sermonId }
      const answer = answerSchema.parse(await (await ask(body)).json())
      expect(answer.refused).toBe(false)
      expect(answer.quotes[0]?.sermonId).toBe(sermonId)
      expect(spoken).toContain(answer.quotes[0]?.text)
      const stream = await outside.call('POST', '/api/v1/ask', { body })
      expect(stream.headers.get('content-type')).toContain('text/event-stream')
      const text = await stream.text()
      expect(text).toContain('data: ')
      expect(text).toContain(JSON.stringify(answer.quotes[0]?.text).slice(1, -1))
    })

    test('a question without a subject is answered with the previous question', async () => {
      const first = 'Who does the shepherd seek?'
      const alone = answerSchema.parse(await (await ask({ question: 'And why?' })).json())
      const followed = answerSchema.parse(
        await (await ask({ question: 'And why?', earlier: [first] })).json(),
      )
      expect({ alone: alone.refused, followed: followed.refused }).toEqual({ alone: true, followed: false })
      expect((await ask({ question: 'And why?', earlier: Array(6).fill(first) })).status).toBe(400)
    })

    test('a question on which no sermon was preached is not answered', async () => {
      const answer = await ask({ question: 'How do I configure a carburettor?' })
      expect(await answer.json()).toMatchObject({ refused: true, answer: null, quotes: [] })
    })

    test('unpublishing ends access to it and, within ten minutes, to its audio', async () => {
      const playlistUrl = new URL(`/api/v1/sermons/${sermonId}/hls/96k.m3u8`, outside.url)
      const media = /#EXT-X-MAP:URI="([^"]+)"/.exec(await (await fetch(playlistUrl)).text())?.[1] ?? ''
      const mediaUrl = new URL(media, playlistUrl)
      for (const url of [mediaUrl, new URL(`/api/v1/sermons/${sermonId}/audio`, outside.url)]) {
        const response = await fetch(url, { redirect: 'manual' })
        expect(response.status).toBe(302)
        const cacheSeconds = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1])
        const token = new URL(response.headers.get('location') ?? '', url).searchParams.get('token') ?? ''
        const { exp } = z
          .object({ exp: z.number() })
          .parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
        expect(exp + cacheSeconds).toBeLessThanOrEqual(Date.now() / 1000 + 600)
      }

      await outside.call('POST', `/api/v1/sermons/${sermonId}/unpublish`, { token: outside.token })
      await expectError(await outside.call('GET', `/api/v1/sermons/${sermonId}`), 404)
      expect((await fetch(mediaUrl, { redirect: 'manual' })).status).toBe(404)
      expect((await fetch(playlistUrl)).status).toBe(404)
      await outside.call('POST', `/api/v1/sermons/${sermonId}/publish`, { token: outside.token, body: {} })
      expect((await outside.call('GET', `/api/v1/sermons/${sermonId}`)).status).toBe(200)
    })
  })
})
