import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { type DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SupabaseTarget, startSupabaseTarget } from './supabase-target.ts'

const chunkSize = 6 * 1024 * 1024
const bucket = `tus-${crypto.randomUUID().slice(0, 8)}`
const noSession = { auth: { persistSession: false, autoRefreshToken: false } }
let target: SupabaseTarget
let service: SupabaseClient

beforeAll(async () => {
  target = await startSupabaseTarget()
  service = createClient(target.url, target.secretKey, noSession)
  expect((await service.storage.createBucket(bucket, { public: false })).error).toBeNull()
})

afterAll(async () => {
  await service?.storage.emptyBucket(bucket)
  await service?.storage.deleteBucket(bucket)
  await target?.stop()
})

const endpoint = () => `${target.url}/storage/v1/upload/resumable`
const asService = () => ({ apikey: target.secretKey, authorization: `Bearer ${target.secretKey}` })
const metadataOf = (objectName: string, contentType = 'audio/mpeg') => ({
  bucketName: bucket,
  objectName,
  contentType,
})

/** Resolves with the upload; rejects with the server's status and text. */
function send(body: Buffer | Readable, options: UploadOptions): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(body, {
      endpoint: endpoint(),
      headers: asService(),
      chunkSize,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onError: (error) => reject(describeFailure(error)),
      onSuccess: () => resolve(upload),
      ...options,
    })
    upload.start()
  })
}

function describeFailure(error: Error | DetailedError): Error {
  if (!('originalResponse' in error) || !error.originalResponse) return error
  return new Error(`${error.originalResponse.getStatus()} ${error.originalResponse.getBody()}`)
}

async function stored(path: string): Promise<Buffer> {
  const { data, error } = await service.storage.from(bucket).download(path)
  if (error) throw error
  return Buffer.from(await data.arrayBuffer())
}

async function signatureFor(path: string, upsert = false): Promise<string> {
  const { data, error } = await service.storage.from(bucket).createSignedUploadUrl(path, { upsert })
  if (error) throw error
  return data.token
}

const signed = (token: string): UploadOptions => ({
  endpoint: `${endpoint()}/sign`,
  headers: { apikey: target.publishableKey, 'x-signature': token },
})

test('three chunks become one object with identical bytes, type and caching', async () => {
  const body = randomBytes(chunkSize * 2 + 12_345)
  await send(body, { metadata: { ...metadataOf('three.mp3'), cacheControl: '3600' } })
  expect((await stored('three.mp3')).equals(body)).toBe(true)
  expect((await service.storage.from(bucket).info('three.mp3')).data).toMatchObject({
    size: body.length,
    contentType: 'audio/mpeg',
    cacheControl: 'max-age=3600',
  })
})

test('an existing object is not overwritten without upsert', async () => {
  await send(Buffer.from('one'), { metadata: metadataOf('twice.mp3') })
  await expect(send(Buffer.from('two'), { metadata: metadataOf('twice.mp3') })).rejects.toThrow(/^409/)
  await send(Buffer.from('three'), {
    metadata: metadataOf('twice.mp3'),
    headers: { ...asService(), 'x-upsert': 'true' },
  })
  expect((await stored('twice.mp3')).toString()).toBe('three')
})

test('a missing bucket, a bad name and a missing right are refused before the upload', async () => {
  const body = Buffer.from('x')
  await expect(
    send(body, { metadata: { bucketName: 'no-such-bucket', objectName: 'a.mp3' } }),
  ).rejects.toThrow(/^404 Bucket not found/)
  await expect(send(body, { metadata: metadataOf('../../escape.mp3') })).rejects.toThrow(/^400/)
  await expect(
    send(body, {
      metadata: metadataOf('theirs.mp3'),
      headers: { apikey: target.publishableKey, authorization: `Bearer ${target.publishableKey}` },
    }),
  ).rejects.toThrow(/^403/)
})

test('the limits of the bucket apply', async () => {
  const name = `${bucket}-limits`
  await service.storage.createBucket(name, {
    public: false,
    fileSizeLimit: 1000,
    allowedMimeTypes: ['audio/*'],
  })
  const metadata = (contentType: string) => ({ bucketName: name, objectName: 'a.mp3', contentType })
  await expect(send(randomBytes(1001), { metadata: metadata('audio/mpeg') })).rejects.toThrow(/^413/)
  await expect(send(randomBytes(10), { metadata: metadata('text/html') })).rejects.toThrow(/^415/)
  await send(randomBytes(1000), { metadata: metadata('audio/mpeg') })
  await service.storage.emptyBucket(name)
  await expect.poll(async () => (await service.storage.deleteBucket(name)).error).toBeNull()
})

test('a signature stores its own object once, without any other right', async () => {
  const body = randomBytes(chunkSize + 10)
  const token = await signatureFor('signed/one.mp3')
  await expect(send(body, { ...signed(token), metadata: metadataOf('signed/other.mp3') })).rejects.toThrow(
    /^400 Invalid signature/,
  )
  await expect(
    send(body, { ...signed(`${token}x`), metadata: metadataOf('signed/one.mp3') }),
  ).rejects.toThrow(/^400 Invalid signature/)
  const upload = await send(body, { ...signed(token), metadata: metadataOf('signed/one.mp3') })
  expect(upload.url).toContain('/upload/resumable/sign/')
  expect((await stored('signed/one.mp3')).equals(body)).toBe(true)
  await expect(send(body, { ...signed(token), metadata: metadataOf('signed/one.mp3') })).rejects.toThrow(
    /^409/,
  )
})

test('a chunk with a wrong offset is refused and changes nothing', async () => {
  const url = await begin('wrong.mp3', 10)
  const wrong = await patch(url, 5, Buffer.from('hello'))
  expect(wrong.status).toBe(409)
  expect((await patch(url, 0, Buffer.from('hello'))).status).toBe(204)
  const last = await patch(url, 5, Buffer.from('world'))
  expect(last.status).toBe(204)
  expect(last.headers.get('tus-complete')).toBe('1')
  expect((await stored('wrong.mp3')).toString()).toBe('helloworld')
})

test('a cancelled upload leaves no data, and a finished one cannot be cancelled', async () => {
  const url = await begin('given-up.mp3', 10)
  await patch(url, 0, Buffer.from('hello'))
  expect((await tus(url, { method: 'DELETE' })).status).toBe(204)
  expect((await tus(url, { method: 'HEAD' })).status).toBe(404)
  expect((await service.storage.from(bucket).exists('given-up.mp3')).data).toBe(false)

  const done = await begin('kept.mp3', 5)
  await patch(done, 0, Buffer.from('hello'))
  expect((await tus(done, { method: 'DELETE' })).status).toBeGreaterThanOrEqual(400)
  expect((await stored('kept.mp3')).toString()).toBe('hello')
})

test('a client that missed the last answer learns that everything arrived', async () => {
  const url = await begin('missed.mp3', 5)
  await patch(url, 0, Buffer.from('hello'))
  const head = await tus(url, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(head.headers.get('upload-offset')).toBe('5')
  expect(head.headers.get('cache-control')).toBe('no-store')
})

test('a signature for one object does not give access to the upload of another', async () => {
  const url = await begin('secret.mp3', 10)
  const id = url.split('/').at(-1) ?? ''
  const version = Buffer.from(id, 'base64url').toString().split('/').at(-1)
  const forged = Buffer.from(`${bucket}/mine.mp3/${version}`).toString('base64url')
  const headers = {
    apikey: target.publishableKey,
    'x-signature': await signatureFor('mine.mp3'),
    'tus-resumable': '1.0.0',
  }
  for (const address of [id, forged]) {
    const response = await fetch(`${endpoint()}/sign/${address}`, { method: 'HEAD', headers })
    expect(response.status).toBeGreaterThanOrEqual(400)
  }
})

test('the server announces the protocol', async () => {
  const response = await fetch(endpoint(), { method: 'OPTIONS' })
  expect(response.status).toBe(204)
  expect(response.headers.get('tus-version')).toBe('1.0.0')
  expect(response.headers.get('tus-extension')).toContain('termination')
})

test('an upload of unknown length is stored when its last chunk contains the length', async () => {
  const body = randomBytes(chunkSize + 4_321)
  await send(Readable.from(cutInto(body, 100_000)), {
    uploadLengthDeferred: true,
    metadata: metadataOf('deferred.mp3'),
  })
  expect((await stored('deferred.mp3')).equals(body)).toBe(true)
})

test('an upload of unknown length is limited by its bucket', async () => {
  const name = `${bucket}-deferred`
  await service.storage.createBucket(name, { public: false, fileSizeLimit: 1000 })
  const metadata = { bucketName: name, objectName: 'a.mp3', contentType: 'audio/mpeg' }
  const deferred = (body: Buffer) =>
    send(Readable.from(cutInto(body, 300)), { uploadLengthDeferred: true, chunkSize: 600, metadata })
  await expect(deferred(randomBytes(1001))).rejects.toThrow(/^413/)
  expect((await service.storage.from(name).exists('a.mp3')).data).toBe(false)
  await deferred(randomBytes(1000))
  expect((await service.storage.from(name).info('a.mp3')).data?.size).toBe(1000)
  await service.storage.emptyBucket(name)
  await expect.poll(async () => (await service.storage.deleteBucket(name)).error).toBeNull()
})

test("the user's metadata is stored with the object", async () => {
  await send(Buffer.from('x'), {
    metadata: { ...metadataOf('described.mp3'), metadata: JSON.stringify({ speaker: 'Ruth' }) },
  })
  expect((await service.storage.from(bucket).info('described.mp3')).data?.metadata).toEqual({
    speaker: 'Ruth',
  })
})

test.each(['not JSON', '[1]', '"Ruth"'])(
  'metadata that is no JSON object is refused: %s',
  async (metadata) => {
    const options = { metadata: { ...metadataOf('undescribed.mp3'), metadata } }
    await expect(send(Buffer.from('x'), options)).rejects.toThrow(/^400 .*metadata/i)
    const form = new FormData()
    form.set('metadata', metadata)
    form.set('', new Blob(['x'], { type: 'audio/mpeg' }))
    const address = `${target.url}/storage/v1/object/${bucket}/undescribed.mp3`
    const response = await fetch(address, { method: 'POST', headers: asService(), body: form })
    expect(response.status).toBe(400)
    expect((await service.storage.from(bucket).info('undescribed.mp3')).data).toBeNull()
  },
)

test('the server announces its extensions and when an unfinished upload expires', async () => {
  const response = await fetch(endpoint(), { method: 'OPTIONS' })
  expect(response.headers.get('tus-extension')?.split(',')).toEqual(
    expect.arrayContaining([
      'creation',
      'creation-with-upload',
      'creation-defer-length',
      'termination',
      'expiration',
    ]),
  )
  const first = await patch(await begin('announced.mp3', 10), 0, Buffer.from('hello'))
  expect(Date.parse(first.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now())
})

test('an upload resumes after a kill -9 of the server, with identical bytes', async ({ skip }) => {
  const local = target.local
  if (!local) return skip('only the local server can be killed')
  const body = randomBytes(chunkSize * 5 + 777)
  const token = await signatureFor('killed.mp3')
  const cut = Promise.withResolvers<string>()
  const first = new Upload(body, {
    ...signed(token),
    chunkSize,
    retryDelays: null,
    storeFingerprintForResuming: false,
    metadata: metadataOf('killed.mp3'),
    onProgress: (sentBytes) => {
      // In the middle of the third chunk.
      if (sentBytes > chunkSize * 2 + 100_000)
        local.kill().then(() => cut.resolve(first.url ?? ''), cut.reject)
    },
    onError: () => undefined,
    onSuccess: () => cut.reject(new Error('The upload ended before the kill')),
  })
  first.start()
  const uploadUrl = await cut.promise
  await local.start()
  expect((await service.storage.from(bucket).exists('killed.mp3')).data).toBe(false)
  await send(body, {
    ...signed(token),
    endpoint: null,
    uploadUrl,
    metadata: metadataOf('killed.mp3'),
  })
  expect((await stored('killed.mp3')).equals(body)).toBe(true)
})

function* cutInto(body: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let start = 0; start < body.length; start += pieceBytes) yield body.subarray(start, start + pieceBytes)
}

async function begin(objectName: string, sizeBytes: number): Promise<string> {
  const metadata = Object.entries(metadataOf(objectName))
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  const response = await tus(endpoint(), {
    method: 'POST',
    headers: { 'upload-length': String(sizeBytes), 'upload-metadata': metadata },
  })
  expect(response.status).toBe(201)
  return new URL(response.headers.get('location') ?? '', endpoint()).href
}

function patch(url: string, offset: number, body: Buffer): Promise<Response> {
  return tus(url, {
    method: 'PATCH',
    headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(body),
  })
}

function tus(
  url: string,
  request: { method: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
) {
  return fetch(url, {
    ...request,
    headers: { ...asService(), 'tus-resumable': '1.0.0', ...request.headers },
  })
}
