import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SupabaseTarget, startSupabaseTarget } from './supabase-target.ts'

let target: SupabaseTarget
let service: SupabaseClient
let anonymous: SupabaseClient
const bucket = `contract-${crypto.randomUUID().slice(0, 8)}`
const publicBucket = `${bucket}-public`
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251)
const noSession = { auth: { persistSession: false, autoRefreshToken: false } }

beforeAll(async () => {
  target = await startSupabaseTarget()
  service = createClient(target.url, target.secretKey, noSession)
  anonymous = createClient(target.url, target.publishableKey, noSession)
  expect((await service.storage.createBucket(bucket, { public: false })).error).toBeNull()
  expect((await service.storage.createBucket(publicBucket, { public: true })).error).toBeNull()
})

afterAll(async () => {
  for (const name of [bucket, publicBucket]) {
    await service?.storage.emptyBucket(name)
    await service?.storage.deleteBucket(name)
  }
  await target?.stop()
})

const put = (path: string, body: Uint8Array | string = bytes, options = {}) =>
  service.storage.from(bucket).upload(path, body, { contentType: 'audio/mpeg', ...options })

async function signedUrl(path: string, expiresIn = 60): Promise<string> {
  const { data, error } = await service.storage.from(bucket).createSignedUrl(path, expiresIn)
  if (error) throw error
  return data.signedUrl
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer())
}

describe('buckets', () => {
  test('a bucket can be read, listed and changed, but not created twice', async () => {
    expect((await service.storage.getBucket(bucket)).data).toMatchObject({ id: bucket, public: false })
    expect((await service.storage.listBuckets()).data?.map(({ id }) => id)).toContain(bucket)
    expect((await service.storage.createBucket(bucket)).error).toMatchObject({ statusCode: '409' })
    const changed = await service.storage.updateBucket(publicBucket, { public: true, fileSizeLimit: '10MB' })
    expect(changed.error).toBeNull()
    expect((await service.storage.getBucket(publicBucket)).data?.file_size_limit).toBe(10_000_000)
    expect((await service.storage.getBucket('no-such-bucket')).error).toMatchObject({ statusCode: '404' })
  })

  test('only an empty bucket can be deleted', async () => {
    const name = `${bucket}-deleted`
    await service.storage.createBucket(name)
    await service.storage.from(name).upload('a.mp3', bytes, { contentType: 'audio/mpeg' })
    expect((await service.storage.deleteBucket(name)).error).toMatchObject({ statusCode: '409' })
    expect((await service.storage.emptyBucket(name)).error).toBeNull()
    await expect.poll(async () => (await service.storage.deleteBucket(name)).error).toBeNull()
  })

  test('limits on size and type apply to raw bodies and to forms', async () => {
    const name = `${bucket}-limits`
    await service.storage.createBucket(name, {
      public: false,
      fileSizeLimit: 500,
      allowedMimeTypes: ['audio/*'],
    })
    const box = service.storage.from(name)
    expect((await box.upload('a.txt', 'hello', { contentType: 'text/plain' })).error).toMatchObject({
      statusCode: '415',
    })
    expect((await box.upload('a.mp3', bytes, { contentType: 'audio/mpeg' })).error).toMatchObject({
      statusCode: '413',
    })
    const form = new Blob([bytes], { type: 'audio/mpeg' })
    expect((await box.upload('b.mp3', form)).error).toMatchObject({ statusCode: '413' })
    expect((await box.upload('c.mp3', bytes.slice(0, 500), { contentType: 'audio/mpeg' })).error).toBeNull()
    await service.storage.emptyBucket(name)
    await expect.poll(async () => (await service.storage.deleteBucket(name)).error).toBeNull()
  })
})

describe('objects', () => {
  test('a raw upload is returned byte for byte, with its type and metadata', async () => {
    const path = 'raw/one.mp3'
    const uploaded = await put(path, bytes, {
      metadata: { speaker: 'Ruth' },
      cacheControl: '31536000, immutable',
    })
    expect(uploaded.error).toBeNull()
    expect(uploaded.data).toMatchObject({ path, fullPath: `${bucket}/${path}` })
    const downloaded = await service.storage.from(bucket).download(path)
    expect(new Uint8Array((await downloaded.data?.arrayBuffer()) ?? [])).toEqual(bytes)
    const info = await service.storage.from(bucket).info(path)
    expect(info.data).toMatchObject({
      name: path,
      size: bytes.length,
      contentType: 'audio/mpeg',
      cacheControl: 'max-age=31536000, immutable',
      metadata: { speaker: 'Ruth' },
    })
  })

  test('a form upload is returned byte for byte, even if it contains a text like a boundary', async () => {
    const tricky = new TextEncoder().encode('\r\n--\r\n------formdata\r\n\r\n--')
    const body = new Blob([tricky, new Uint8Array(300_000).fill(13), tricky], { type: 'audio/mpeg' })
    const uploaded = await service.storage.from(bucket).upload('form/one.mp3', body, { cacheControl: '60' })
    expect(uploaded.error).toBeNull()
    const downloaded = await service.storage.from(bucket).download('form/one.mp3')
    expect(await downloaded.data?.bytes()).toEqual(await body.bytes())
    expect((await service.storage.from(bucket).info('form/one.mp3')).data?.cacheControl).toBe('max-age=60')
  })

  test('an empty object can be stored', async () => {
    expect((await put('empty.txt', '')).error).toBeNull()
    expect((await service.storage.from(bucket).info('empty.txt')).data?.size).toBe(0)
    expect((await fetch(await signedUrl('empty.txt'))).status).toBe(200)
  })

  test('a second upload is refused, replaces the object with upsert, and update also adds', async () => {
    await put('twice.txt', 'one')
    expect((await put('twice.txt', 'two')).error).toMatchObject({ statusCode: '409' })
    expect((await put('twice.txt', 'three', { upsert: true })).error).toBeNull()
    expect(await (await service.storage.from(bucket).download('twice.txt')).data?.text()).toBe('three')
    expect((await service.storage.from(bucket).update('fresh.txt', 'four')).error).toBeNull()
    expect(await (await service.storage.from(bucket).download('fresh.txt')).data?.text()).toBe('four')
  })

  test('names outside the alphabet are refused', async () => {
    for (const key of ['umlaut-ä.mp3', 'tilde~.mp3']) {
      expect((await put(key)).error, key).toMatchObject({ statusCode: '400' })
    }
  })

  test('a missing object is reported as not found', async () => {
    expect((await service.storage.from(bucket).exists('nowhere.mp3')).data).toBe(false)
    expect((await service.storage.from(bucket).info('nowhere.mp3')).error).toMatchObject({
      statusCode: '404',
    })
    expect((await service.storage.from(bucket).createSignedUrl('nowhere.mp3', 60)).error).toMatchObject({
      statusCode: '404',
    })
    expect((await service.storage.from('no-such-bucket').upload('a', 'b')).error).toMatchObject({
      statusCode: '404',
    })
  })

  test('a folder lists its folders and its files, in pages', async () => {
    for (const path of ['list/a.mp3', 'list/b.mp3', 'list/deeper/c.mp3']) await put(path)
    const box = service.storage.from(bucket)
    const { data } = await box.list('list', { sortBy: { column: 'name', order: 'asc' } })
    expect(data?.map(({ name, id }) => [name, id !== null])).toEqual([
      ['deeper', false],
      ['a.mp3', true],
      ['b.mp3', true],
    ])
    const second = await box.list('list', { limit: 1, offset: 1, sortBy: { column: 'name', order: 'asc' } })
    expect(second.data?.map(({ name }) => name)).toEqual(['a.mp3'])
    expect((await box.list('list', { search: 'b' })).data?.map(({ name }) => name)).toEqual(['b.mp3'])
  })

  test('listV2 pages through full names', async () => {
    for (const path of ['v2/a.mp3', 'v2/b.mp3', 'v2/c/d.mp3']) await put(path)
    const box = service.storage.from(bucket)
    const first = await box.listV2({ prefix: 'v2/', limit: 2, with_delimiter: true })
    expect(first.data?.hasNext).toBe(true)
    expect(first.data?.objects.map(({ name, key }) => [name, key])).toEqual([
      ['v2/a.mp3', 'a.mp3'],
      ['v2/b.mp3', 'b.mp3'],
    ])
    const rest = await box.listV2({
      prefix: 'v2/',
      limit: 2,
      with_delimiter: true,
      ...(first.data?.nextCursor ? { cursor: first.data.nextCursor } : {}),
    })
    expect(rest.data?.folders.map(({ name, key }) => [name, key])).toEqual([['v2/c/', 'c']])
    expect((await box.listV2({ prefix: 'v2/' })).data?.objects).toHaveLength(3)
    expect((await box.listV2({ prefix: 'v2/a', exactMatch: true })).data?.objects).toHaveLength(0)
    expect((await box.listV2({ prefix: 'v2/a.mp3', exactMatch: true })).data?.objects).toHaveLength(1)
    expect((await box.listV2({ prefix: 'v2/', limit: 5_000 })).error).toBeNull()
    expect((await box.listV2({ prefix: 'v2/', cursor: 'not-a-cursor' })).error).toMatchObject({
      statusCode: '400',
    })
  })

  describe('listV2 sorted', () => {
    const oldestFirst = ['sorted/m.mp3', 'sorted/folder/x.mp3', 'sorted/a.mp3', 'sorted/z.mp3']
    beforeAll(async () => {
      for (const path of oldestFirst) await put(path)
      await put('sorted/m.mp3', 'changed', { upsert: true })
      await put('sorted/folder/x.mp3', 'changed', { upsert: true })
    })

    // A folder has the time of its oldest object, whichever column is requested.
    test.each([
      ['name', 'asc', ['a.mp3', 'folder', 'm.mp3', 'z.mp3']],
      ['name', 'desc', ['z.mp3', 'm.mp3', 'folder', 'a.mp3']],
      ['created_at', 'asc', ['m.mp3', 'folder', 'a.mp3', 'z.mp3']],
      ['created_at', 'desc', ['z.mp3', 'a.mp3', 'folder', 'm.mp3']],
      ['updated_at', 'asc', ['folder', 'a.mp3', 'z.mp3', 'm.mp3']],
      ['updated_at', 'desc', ['m.mp3', 'z.mp3', 'a.mp3', 'folder']],
    ] as const)('by %s %s, one entry per page, returns every entry once', async (column, order, expected) => {
      const box = service.storage.from(bucket)
      const seen: (string | undefined)[] = []
      let cursor: string | undefined
      do {
        const page = await box.listV2({
          prefix: 'sorted/',
          limit: 1,
          with_delimiter: true,
          sortBy: { column, order },
          ...(cursor ? { cursor } : {}),
        })
        expect(page.error).toBeNull()
        seen.push(...(page.data?.folders ?? []).map(({ key }) => key))
        seen.push(...(page.data?.objects ?? []).map(({ key }) => key))
        cursor = page.data?.nextCursor
      } while (cursor)
      expect(seen).toEqual(expected)
    })

    test('a flat listing by age returns full names', async () => {
      const { data } = await service.storage
        .from(bucket)
        .listV2({ prefix: 'sorted/', sortBy: { column: 'created_at', order: 'asc' } })
      expect(data?.objects.map(({ name }) => name)).toEqual(oldestFirst)
      expect(data?.folders).toEqual([])
    })
  })

  test('an image transformation is refused, not ignored', async ({ skip }) => {
    if (!target.local) skip('a hosted project may transform images')
    await put('image.png', bytes, { contentType: 'image/png' })
    const box = service.storage.from(bucket)
    const transform = { width: 10 }
    expect((await box.createSignedUrl('image.png', 60, { transform })).error).toMatchObject({
      statusCode: '403',
    })
    expect((await box.download('image.png', { transform })).error).not.toBeNull()
    expect((await fetch(box.getPublicUrl('image.png', { transform }).data.publicUrl)).status).toBe(400)
  })

  test('objects can be moved, copied and removed', async () => {
    const box = service.storage.from(bucket)
    await put('move/from.txt', 'moved')
    expect((await box.move('move/from.txt', 'move/to.txt')).error).toBeNull()
    expect((await box.exists('move/from.txt')).data).toBe(false)
    expect((await box.copy('move/to.txt', 'move/copy.txt')).data?.path).toBe(`${bucket}/move/copy.txt`)
    expect((await box.remove(['move/to.txt', 'move/never.txt'])).data?.map(({ name }) => name)).toEqual([
      'move/to.txt',
    ])
    expect(await (await box.download('move/copy.txt')).data?.text()).toBe('moved')
    expect((await box.move('move/nowhere.txt', 'move/x.txt')).error).toMatchObject({ statusCode: '404' })
  })
})

describe('signed URLs', () => {
  test('a signed URL reads one object until it expires', async () => {
    await put('signed/one.mp3')
    await put('signed/two.mp3')
    const url = await signedUrl('signed/one.mp3')
    const response = await fetch(url)
    expect(response.status).toBe(200)
    expect(await bodyOf(response)).toEqual(bytes)
    expect(response.headers.get('expires')).not.toBeNull()
    const other = await fetch(url.replace('one.mp3', 'two.mp3'))
    expect(other.status).toBe(400)
    expect(await other.json()).toMatchObject({ code: 'InvalidSignature' })
    const token = new URL(url).searchParams.get('token') ?? ''
    const asUpload = await service.storage.from(bucket).uploadToSignedUrl('signed/one.mp3', token, 'x')
    expect(asUpload.error).not.toBeNull()
    const forged = await fetch(`${url.slice(0, -4)}aaaa`)
    expect(await forged.json()).toMatchObject({ code: 'InvalidJWT' })
  })

  test('an expired URL is refused', async () => {
    await put('signed/late.mp3')
    const url = await signedUrl('signed/late.mp3', 1)
    await expect.poll(async () => (await fetch(url)).status).toBe(400)
    expect(await (await fetch(url)).json()).toMatchObject({ code: 'InvalidJWT' })
  })

  test('a download has the requested name', async () => {
    await put('signed/name.mp3')
    const { data } = await service.storage
      .from(bucket)
      .createSignedUrl('signed/name.mp3', 60, { download: 'Ruth one.mp3' })
    const response = await fetch(data?.signedUrl ?? '')
    expect(response.headers.get('content-disposition')).toContain('filename="Ruth one.mp3"')
  })

  test('several URLs are signed in one request, with an error for a missing object', async () => {
    await put('signed/many.mp3')
    const { data } = await service.storage
      .from(bucket)
      .createSignedUrls(['signed/many.mp3', 'signed/none.mp3'], 60)
    expect(data?.[0]?.error).toBeNull()
    expect((await fetch(data?.[0]?.signedUrl ?? '')).status).toBe(200)
    expect(data?.[1]).toMatchObject({ signedUrl: null })
    expect(data?.[1]?.error).not.toBeNull()
  })

  test('a signed upload stores one object once, without any other right', async () => {
    const { data } = await service.storage.from(bucket).createSignedUploadUrl('signed/up.mp3')
    const box = anonymous.storage.from(bucket)
    const token = data?.token ?? ''
    expect((await box.uploadToSignedUrl('signed/elsewhere.mp3', token, bytes)).error).not.toBeNull()
    expect(
      (await box.uploadToSignedUrl('signed/up.mp3', token, bytes, { contentType: 'audio/mpeg' })).error,
    ).toBeNull()
    expect((await box.uploadToSignedUrl('signed/up.mp3', token, bytes)).error).toMatchObject({
      statusCode: '409',
    })
    expect((await service.storage.from(bucket).createSignedUploadUrl('signed/up.mp3')).error).not.toBeNull()
  })
})

describe('delivery', () => {
  test.each([
    ['bytes=0-99', 0, 100],
    ['bytes=900-', 900, 1000],
    ['bytes=-50', 950, 1000],
    ['bytes=990-5000', 990, 1000],
  ])('%s returns exactly those bytes', async (range, start, end) => {
    await put('range.mp3', bytes, { upsert: true })
    const response = await fetch(await signedUrl('range.mp3'), { headers: { range } })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/1000`)
    expect(response.headers.get('content-length')).toBe(String(end - start))
    expect(await bodyOf(response)).toEqual(bytes.slice(start, end))
  })

  test('a range beyond the end, and several ranges, are refused', async () => {
    await put('range.mp3', bytes, { upsert: true })
    const url = await signedUrl('range.mp3')
    expect((await fetch(url, { headers: { range: 'bytes=1000-' } })).status).toBe(416)
    expect((await fetch(url, { headers: { range: 'bytes=0-1,5-6' } })).status).toBe(416)
  })

  test('HEAD returns everything except the bytes, and a known object is not sent again', async () => {
    await put('head.mp3', bytes, { upsert: true })
    const url = await signedUrl('head.mp3')
    const head = await fetch(url, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(head.headers.get('content-length')).toBe('1000')
    expect(head.headers.get('content-type')).toBe('audio/mpeg')
    expect(head.headers.get('accept-ranges')).toBe('bytes')
    const etag = head.headers.get('etag') ?? ''
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  test('a public object can be read by anyone and keeps its caching; a private bucket has no public objects', async () => {
    await service.storage.from(publicBucket).upload('open.mp3', bytes, {
      contentType: 'audio/mpeg',
      cacheControl: '31536000, immutable',
      upsert: true,
    })
    const { data } = anonymous.storage.from(publicBucket).getPublicUrl('open.mp3')
    const response = await fetch(data.publicUrl)
    expect(await bodyOf(response)).toEqual(bytes)
    expect(response.headers.get('cache-control')).toBe('max-age=31536000, immutable')
    await put('closed.mp3')
    const closed = await fetch(anonymous.storage.from(bucket).getPublicUrl('closed.mp3').data.publicUrl)
    expect(closed.status).toBe(400)
    expect(await closed.json()).toMatchObject({ statusCode: '404' })
  })
})

describe('clients without rights', () => {
  test('cannot write, read, list or sign', async () => {
    await put('mine.mp3', bytes, { upsert: true })
    const box = anonymous.storage.from(bucket)
    expect((await box.upload('theirs.mp3', bytes)).error).toMatchObject({ statusCode: '403' })
    expect((await box.info('mine.mp3')).error).toMatchObject({ statusCode: '404' })
    expect((await box.exists('mine.mp3')).data).toBe(false)
    expect((await box.download('mine.mp3')).error).not.toBeNull()
    expect((await box.list()).data).toEqual([])
    expect((await box.createSignedUrl('mine.mp3', 60)).error).toMatchObject({ statusCode: '404' })
    expect((await box.createSignedUploadUrl('theirs.mp3')).error).toMatchObject({ statusCode: '403' })
    expect((await box.remove(['mine.mp3'])).data ?? []).toEqual([])
    expect((await service.storage.from(bucket).exists('mine.mp3')).data).toBe(true)
    expect((await anonymous.storage.createBucket('theirs')).error).not.toBeNull()
  })

  test('a forged session is refused', async () => {
    const response = await fetch(`${target.url}/storage/v1/object/authenticated/${bucket}/mine.mp3`, {
      headers: { apikey: target.publishableKey, authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ statusCode: '403' })
  })
})
