import { randomBytes } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import path from 'node:path'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'

let gateway: TestGateway
let service: SupabaseClient

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { SELAH_UPLOAD_LIFE_SECONDS: '3600' } })
  service = createClient(gateway.url, gateway.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  await service.storage.createBucket('media', { public: true })
})

afterAll(async () => {
  await gateway?.stop()
})

const objectUrl = (key: string) => `${gateway.url}/storage/v1/object/media/${key}`
const serviceHeaders = () => ({ apikey: gateway.secretKey, authorization: `Bearer ${gateway.secretKey}` })

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(gateway.storageDirectory, folder), {
    recursive: true,
    withFileTypes: true,
  })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

test.each(['text/html', 'image/svg+xml', 'text/javascript'])(
  'a stored %s cannot run on the origin of the app',
  async (contentType) => {
    await service.storage
      .from('media')
      .upload('evil', '<script>alert(1)</script>', { contentType, upsert: true })
    const response = await fetch(`${gateway.url}/storage/v1/object/public/media/evil`)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
  },
)

test('no path reaches outside storage, however it is encoded', async () => {
  for (const key of [
    '../../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/secret',
    '..\\..\\x',
    'a/%00/b',
  ]) {
    const statuses = await Promise.all([rawStatus('GET', key), rawStatus('POST', key)])
    for (const status of statuses) expect(status, key).toBeGreaterThanOrEqual(400)
  }
})

/** Sends a request without the path normalisation of fetch. */
function rawStatus(method: string, key: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      gateway.url,
      { method, path: `/storage/v1/object/media/${key}`, headers: serviceHeaders() },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(method === 'POST' ? 'x' : undefined)
  })
}

test('an upload whose connection breaks leaves no object and no file', async () => {
  const before = (await filesIn('objects')).length
  const outgoing = request(objectUrl('broken.mp3'), {
    method: 'POST',
    headers: { ...serviceHeaders(), 'content-type': 'audio/mpeg', 'content-length': '10000000' },
  })
  outgoing.on('error', () => undefined)
  outgoing.write(randomBytes(1_000_000))
  await expect.poll(() => filesIn('incoming')).toHaveLength(1)
  outgoing.destroy()
  await expect.poll(() => filesIn('incoming')).toHaveLength(0)
  expect((await service.storage.from('media').exists('broken.mp3')).data).toBe(false)
  expect(await filesIn('objects')).toHaveLength(before)
})

test('readers see the old or the new content, never a mixture, during a replacement', async () => {
  const sizeBytes = 300_000
  const content = (letter: string) => letter.repeat(sizeBytes)
  await service.storage.from('media').upload('swap.txt', content('a'), { contentType: 'text/plain' })
  let done = false
  const writing = (async () => {
    for (const letter of 'bcdefghij') {
      await service.storage
        .from('media')
        .upload('swap.txt', content(letter), { contentType: 'text/plain', upsert: true })
    }
    done = true
  })()
  let reads = 0
  while (!done) {
    const text = await (await fetch(objectUrl('swap.txt'), { headers: serviceHeaders() })).text()
    expect(text.length).toBe(sizeBytes)
    expect(new Set(text).size).toBe(1)
    reads += 1
  }
  await writing
  expect(reads).toBeGreaterThan(3)
})

test('a listener who stops reading does not block other listeners', async () => {
  const sizeBytes = 64 * 1024 * 1024
  await service.storage
    .from('media')
    .upload('long.mp3', Buffer.alloc(sizeBytes), { contentType: 'audio/mpeg' })
  const response = await fetch(objectUrl('long.mp3'), { headers: serviceHeaders() })
  const reader = response.body?.getReader()
  await reader?.read()
  const second = await fetch(objectUrl('long.mp3'), { headers: { ...serviceHeaders(), range: 'bytes=5-9' } })
  expect((await second.arrayBuffer()).byteLength).toBe(5)
  await reader?.cancel()
})

test('an answer never contains internals of the server', async () => {
  for (const url of [
    `${gateway.url}/storage/v1/object/list/media`,
    `${gateway.url}/auth/v1/token?grant_type=password`,
  ]) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...serviceHeaders(), 'content-type': 'application/json' },
      body: '{"prefix": ',
    })
    const text = await response.text()
    expect(response.status).toBe(400)
    expect(text).not.toMatch(/at |node_modules|\.ts:/)
  }
})

test('the secret key is refused from a browser', async () => {
  const headers = { ...serviceHeaders(), 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' }
  expect((await fetch(`${gateway.url}/auth/v1/admin/users`, { headers })).status).toBe(401)
  expect(await (await fetch(`${gateway.url}/storage/v1/bucket`, { headers })).json()).toMatchObject({
    statusCode: '403',
  })
})

test('an upload that was complete when the process was killed is finished at the next start', async () => {
  const metadata = ['bucketName media', 'objectName late.mp3', 'contentType audio/mpeg']
    .map((entry) => entry.split(' '))
    .map(([name = '', value = '']) => `${name} ${Buffer.from(value).toString('base64')}`)
  const headers = { ...serviceHeaders(), 'tus-resumable': '1.0.0' }
  const created = await fetch(`${gateway.url}/storage/v1/upload/resumable`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': '5', 'upload-metadata': metadata.join(',') },
  })
  const location = new URL(created.headers.get('location') ?? '', gateway.url)
  const version =
    Buffer.from(location.pathname.split('/').at(-1) ?? '', 'base64url')
      .toString()
      .split('/')
      .at(-1) ?? ''
  await gateway.kill()
  // The last byte was written, but not the row.
  await writeFile(path.join(gateway.storageDirectory, 'resumable', version), 'hello')
  await gateway.start()
  expect(await (await service.storage.from('media').download('late.mp3')).data?.text()).toBe('hello')
  const head = await fetch(location, { method: 'HEAD', headers })
  expect(head.headers.get('upload-offset')).toBe('5')

  // Later changes of the object are not undone by the next start.
  await service.storage.from('media').move('late.mp3', 'moved.mp3')
  await gateway.kill()
  await gateway.start()
  expect((await service.storage.from('media').exists('late.mp3')).data).toBe(false)
  expect(await (await service.storage.from('media').download('moved.mp3')).data?.text()).toBe('hello')
})

test('every object has a file and every file has an object', async () => {
  const client = new pg.Client({ connectionString: gateway.connectionString })
  await client.connect()
  const { rows } = await client.query<{ version: string }>('select version from storage.objects')
  await client.end()
  expect((await filesIn('objects')).sort()).toEqual(rows.map(({ version }) => version).sort())
})
