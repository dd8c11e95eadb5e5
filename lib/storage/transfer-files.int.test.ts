import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { connectStorage, type StorageConnection } from './connect-storage.ts'
import { createSignedDownloadUrl } from './create-signed-download-url.ts'
import { createSignedUpload } from './create-signed-upload.ts'
import { downloadToFile } from './download-to-file.ts'
import { ensureBuckets } from './ensure-buckets.ts'
import { listObjects } from './list-objects.ts'
import { readObjectInfo } from './read-object-info.ts'
import { removeObjects } from './remove-objects.ts'
import { uploadFile } from './upload-file.ts'

let gateway: TestGateway
let storage: StorageConnection
let folder: string
/** A proxy in front of storage that breaks the next answer after `breakAfterBytes`. */
let proxy: Server
let breakAfterBytes = Number.POSITIVE_INFINITY

beforeAll(async () => {
  gateway = await startTestGateway()
  folder = await mkdtemp(path.join(tmpdir(), 'selah-transfer-'))
  proxy = createServer((req, res) => {
    const outgoing = request(
      gateway.url + req.url,
      { method: req.method, headers: req.headers },
      (answer) => {
        res.writeHead(answer.statusCode ?? 500, answer.headers)
        let passedBytes = 0
        answer.on('data', (chunk: Buffer) => {
          passedBytes += chunk.length
          if (passedBytes <= breakAfterBytes) {
            res.write(chunk)
          } else {
            breakAfterBytes = Number.POSITIVE_INFINITY
            answer.destroy()
            res.destroy()
          }
        })
        answer.on('end', () => res.end())
      },
    )
    outgoing.on('error', () => res.destroy())
    req.pipe(outgoing)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  storage = connectStorage({
    supabaseUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    publicUrl: '/',
    publishableKey: gateway.publishableKey,
    secretKey: gateway.secretKey,
  })
  await ensureBuckets({ storage })
})

beforeEach(() => {
  breakAfterBytes = Number.POSITIVE_INFINITY
})

afterAll(async () => {
  proxy?.closeAllConnections()
  proxy?.close()
  await gateway?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function createFile(sizeBytes: number): Promise<{ filePath: string; hash: string }> {
  const content = randomBytes(sizeBytes)
  const filePath = path.join(folder, crypto.randomUUID())
  await writeFile(filePath, content)
  return { filePath, hash: hashOf(content) }
}

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const audio = { bucket: 'media', contentType: 'audio/mp4' } as const

test('buckets can be ensured repeatedly and in parallel', async () => {
  await Promise.all([ensureBuckets({ storage }), ensureBuckets({ storage })])
  const { data } = await storage.client.listBuckets()
  expect(data?.map(({ id, public: isPublic }) => [id, isPublic])).toEqual([
    ['media', false],
    ['originals', false],
  ])
})

test.each([0, 1_000, 20_000_000])(
  'a file of %i bytes is unchanged after upload and download',
  async (sizeBytes) => {
    const { filePath, hash } = await createFile(sizeBytes)
    const object = `sizes/${sizeBytes}.m4a`
    expect(await uploadFile({ storage }, { ...audio, path: object, filePath })).toEqual({ sizeBytes })
    expect(await readObjectInfo({ storage }, { bucket: 'media', path: object })).toMatchObject({
      sizeBytes,
      contentType: 'audio/mp4',
    })
    const target = path.join(folder, 'down')
    expect(await downloadToFile({ storage }, { bucket: 'media', path: object, filePath: target })).toEqual({
      sizeBytes,
    })
    expect(hashOf(await readFile(target))).toBe(hash)
  },
)

test.each([1_000, 8_000_000])(
  'an existing object of %i bytes is kept unless it is to be replaced',
  async (sizeBytes) => {
    const first = await createFile(sizeBytes)
    const second = await createFile(sizeBytes)
    const object = { ...audio, path: `kept/${sizeBytes}.m4a` }
    await uploadFile({ storage }, { ...object, filePath: first.filePath })
    await expect(uploadFile({ storage }, { ...object, filePath: second.filePath })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'storage.exists',
    })
    await uploadFile({ storage }, { ...object, filePath: second.filePath, replace: true })
    const target = path.join(folder, 'replaced')
    await downloadToFile({ storage }, { bucket: 'media', path: object.path, filePath: target })
    expect(hashOf(await readFile(target))).toBe(second.hash)
  },
)

test('a download resumes after a broken connection', async () => {
  const { filePath, hash } = await createFile(10_000_000)
  await uploadFile({ storage }, { ...audio, path: 'broken.m4a', filePath })
  breakAfterBytes = 3_000_000
  const target = path.join(folder, 'resumed')
  await downloadToFile({ storage }, { bucket: 'media', path: 'broken.m4a', filePath: target })
  expect(breakAfterBytes).toBe(Number.POSITIVE_INFINITY)
  expect(hashOf(await readFile(target))).toBe(hash)
})

test('a download that is aborted or fails leaves no file behind', async () => {
  const { filePath } = await createFile(10_000_000)
  await uploadFile({ storage }, { ...audio, path: 'given-up.m4a', filePath })
  const target = path.join(folder, 'given-up')
  const input = { bucket: 'media', path: 'given-up.m4a', filePath: target } as const
  await expect(downloadToFile({ storage }, { ...input, signal: AbortSignal.abort() })).rejects.toThrow()
  await expect(downloadToFile({ storage }, { ...input, path: 'nowhere.m4a' })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' })
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
})

describe('signed URLs', () => {
  test('stay the same for a while, so that caches work, and are paths for a page of the same origin', async () => {
    const { filePath } = await createFile(100)
    await uploadFile({ storage }, { ...audio, path: 'cached.m4a', filePath })
    const input = { bucket: 'media', path: 'cached.m4a', lifeSeconds: 60, reuseSeconds: 60 } as const
    const url = await createSignedDownloadUrl({ storage }, input)
    expect(url).toMatch(/^\/storage\/v1\/object\/sign\/media\/cached\.m4a\?token=/)
    expect(await createSignedDownloadUrl({ storage }, input)).toBe(url)
    expect((await fetch(gateway.url + url)).status).toBe(200)
  })

  test('a download keeps a name in any script', async () => {
    const url = await createSignedDownloadUrl(
      { storage },
      {
        bucket: 'media',
        path: 'cached.m4a',
        lifeSeconds: 60,
        downloadName: 'Rut – 1 & 2.m4a',
        audience: 'server',
      },
    )
    const response = await fetch(url)
    await response.arrayBuffer()
    expect(response.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''Rut%20%E2%80%93%201%20%26%202.m4a",
    )
  })

  test('a signed upload has everything the browser needs, and is refused where an object exists', async () => {
    const upload = await createSignedUpload({ storage }, { bucket: 'originals', path: 'new.mp3' })
    expect(upload).toMatchObject({
      endpoint: '/storage/v1/upload/resumable/sign',
      headers: { apikey: gateway.publishableKey },
      metadata: { bucketName: 'originals', objectName: 'new.mp3' },
    })
    expect(JSON.stringify(upload)).not.toContain(gateway.secretKey)
    await expect(
      createSignedUpload({ storage }, { bucket: 'media', path: 'cached.m4a' }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

test('objects are listed with their folders, and no longer after their removal', async () => {
  const { filePath } = await createFile(10)
  for (const name of ['a', 'deep/b', 'deep/er/c']) {
    await uploadFile({ storage }, { ...audio, path: `tree/${name}`, filePath })
  }
  const paths = async () =>
    (await listObjects({ storage }, { bucket: 'media', folder: 'tree' })).map((object) => object.path)
  expect((await paths()).sort()).toEqual(['tree/a', 'tree/deep/b', 'tree/deep/er/c'])
  await removeObjects({ storage }, { bucket: 'media', paths: [...(await paths()), 'tree/never'] })
  expect(await paths()).toEqual([])
  expect(await readObjectInfo({ storage }, { bucket: 'media', path: 'tree/a' })).toBeNull()
})
