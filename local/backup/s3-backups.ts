import { createReadStream, createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { AppError } from '#lib/errors.ts'
import {
  type BackupFile,
  type BackupManifest,
  type BackupReason,
  manifestName,
  parseManifest,
  readManifest,
} from './backup-manifest.ts'

/** A place in a bucket, written `s3://<bucket>/<prefix>`. */
export interface S3Place {
  address: string
  bucket: string
  /** Empty, or ends with `/`. */
  prefix: string
}

export interface S3Backups {
  client: S3Client
  place: S3Place
}

const partBytes = 32 * 1024 * 1024
const concurrentRequests = 8
const keysPerDelete = 1_000
/** A file that no backup names may belong to an upload that has not finished. */
const unusedMs = 24 * 60 * 60_000

/** Returns the place of an `s3://` address, or null for another text. Throws AppError without a bucket. */
export function parseS3Address(text: string): S3Place | null {
  if (!text.startsWith('s3://')) return null
  const [bucket = '', ...rest] = text.slice('s3://'.length).split('/')
  const prefix = rest.filter((part) => part !== '').join('/')
  if (bucket === '') {
    throw new AppError('bad_request', 'Write the bucket as s3://<bucket>/<folder>.', { reason: 'backup.s3' })
  }
  return { address: `s3://${bucket}/${prefix}`, bucket, prefix: prefix === '' ? '' : `${prefix}/` }
}

/**
 * Connects with the variables that every S3 program reads: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`,
 * and `AWS_ENDPOINT_URL` for a service other than Amazon's.
 */
export function openS3(place: S3Place, environment: Record<string, string | undefined>): S3Backups {
  const endpoint = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL
  const client = new S3Client({
    region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || 'us-east-1',
    // Other services have no host name for each bucket.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    maxAttempts: 6,
  })
  return { client, place }
}

/**
 * Stores a complete backup folder: each file once, under its hash, so that backups share equal files; the manifest
 * last, after all files were found with their sizes. Resolves with the address of the backup. Throws AppError
 * `unavailable`.
 */
export async function uploadBackup(s3: S3Backups, folder: string): Promise<{ path: string }> {
  const manifest = await readManifest(folder)
  const name = path.basename(folder)
  return explain(s3.place, async () => {
    const stored = await listFileSizes(s3)
    const missing = new Map(
      manifest.files
        .filter((file) => stored.get(file.sha256)?.sizeBytes !== file.sizeBytes)
        .map((file) => [file.sha256, file]),
    )
    await runAll([...missing.values()], (file) => uploadFile(s3, folder, file))
    const now = await listFileSizes(s3)
    const lost = manifest.files.find((file) => now.get(file.sha256)?.sizeBytes !== file.sizeBytes)
    if (lost) throw new Error(`${lost.path} was not stored completely`)
    const key = `${s3.place.prefix}backups/${name}/${manifestName}`
    const body = await readFile(path.join(folder, manifestName))
    await s3.client.send(new PutObjectCommand({ Bucket: s3.place.bucket, Key: key, Body: body }))
    return { path: `s3://${s3.place.bucket}/${s3.place.prefix}backups/${name}` }
  })
}

/** Removes the oldest backups with this reason so that `keep` are left, and files that no backup names any more. */
export async function pruneS3Backups(
  s3: S3Backups,
  { reason, keep, now = new Date() }: { reason: BackupReason; keep: number; now?: Date },
): Promise<void> {
  await explain(s3.place, async () => {
    const backups = await listS3Backups(s3)
    const removed = backups.filter(({ manifest }) => manifest.reason === reason).slice(keep)
    // First, so that an interrupted pass leaves no backup that lacks files.
    await deleteKeys(
      s3,
      removed.map(({ key }) => key),
    )
    const named = new Set(
      backups
        .filter((backup) => !removed.includes(backup))
        .flatMap(({ manifest }) => manifest.files.map(({ sha256 }) => sha256)),
    )
    const unused = [...(await listFileSizes(s3))].filter(
      ([sha256, { storedAt }]) => !named.has(sha256) && now.getTime() - storedAt.getTime() > unusedMs,
    )
    await deleteKeys(
      s3,
      unused.map(([sha256]) => keyOfFile(s3.place, sha256)),
    )
  })
}

/** The complete backups of the place, the newest first. */
async function listS3Backups(s3: S3Backups): Promise<{ key: string; manifest: BackupManifest }[]> {
  const keys = (await listKeys(s3, `${s3.place.prefix}backups/`)).map(({ key }) => key)
  const found = await runAll(
    keys.filter((key) => key.endsWith(`/${manifestName}`)),
    async (key) => ({ key, manifest: await fetchManifest(s3, key) }),
  )
  return found.sort((a, b) => (a.manifest.createdAt < b.manifest.createdAt ? 1 : -1))
}

/** Reads the manifest of the backup at the place. Throws AppError when there is no complete backup. */
export async function readS3Manifest(s3: S3Backups): Promise<BackupManifest> {
  try {
    return await fetchManifest(s3, `${s3.place.prefix}${manifestName}`)
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'NoSuchKey') throw describeFailure(s3.place, cause)
    throw new AppError('bad_request', `${s3.place.address} is not a complete backup. Choose another one.`, {
      reason: 'backup.incomplete',
      cause,
    })
  }
}

/** Downloads one file of the backup at the place. Throws AppError `unavailable`. */
export async function downloadFile(s3: S3Backups, file: BackupFile, target: string): Promise<void> {
  // The backup is `<place>/backups/<name>`; its files are shared with the other backups.
  const place = { ...s3.place, prefix: s3.place.prefix.replace(/(^|\/)backups\/[^/]+\/$/, '$1') }
  await explain(s3.place, () =>
    retryBroken(async () => {
      const { Body: body } = await s3.client.send(
        new GetObjectCommand({ Bucket: place.bucket, Key: keyOfFile(place, file.sha256) }),
      )
      if (!(body instanceof Readable)) throw new Error(`${file.path} is empty`)
      await pipeline(body, createWriteStream(target, { mode: 0o600 }))
    }),
  )
}

async function fetchManifest({ client, place }: S3Backups, key: string): Promise<BackupManifest> {
  return retryBroken(async () => {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: place.bucket, Key: key }))
    return parseManifest(await (body?.transformToString() ?? ''))
  })
}

async function uploadFile({ client, place }: S3Backups, folder: string, file: BackupFile): Promise<void> {
  const upload = new Upload({
    client,
    params: {
      Bucket: place.bucket,
      Key: keyOfFile(place, file.sha256),
      Body: createReadStream(path.join(folder, file.path)),
    },
    partSize: partBytes,
    queueSize: 2,
  })
  await upload.done()
}

function keyOfFile({ prefix }: S3Place, sha256: string): string {
  return `${prefix}files/${sha256}`
}

async function listFileSizes(s3: S3Backups): Promise<Map<string, { sizeBytes: number; storedAt: Date }>> {
  const files = await listKeys(s3, `${s3.place.prefix}files/`)
  return new Map(files.map(({ key, ...file }) => [path.posix.basename(key), file]))
}

async function listKeys(
  { client, place }: S3Backups,
  prefix: string,
): Promise<{ key: string; sizeBytes: number; storedAt: Date }[]> {
  const found: { key: string; sizeBytes: number; storedAt: Date }[] = []
  for await (const page of paginateListObjectsV2({ client }, { Bucket: place.bucket, Prefix: prefix })) {
    for (const { Key: key, Size: sizeBytes, LastModified: storedAt } of page.Contents ?? []) {
      if (key !== undefined && sizeBytes !== undefined && storedAt) found.push({ key, sizeBytes, storedAt })
    }
  }
  return found
}

async function deleteKeys({ client, place }: S3Backups, keys: string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += keysPerDelete) {
    const objects = keys.slice(from, from + keysPerDelete).map((key) => ({ Key: key }))
    const { Errors: errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects: objects, Quiet: true } }),
    )
    const [first] = errors
    if (first) throw new Error(`${first.Key} could not be removed: ${first.Message}`)
  }
}

/** The client repeats a request that fails, but not an answer that breaks off. */
async function retryBroken<T>(work: () => Promise<T>, attempts = 3): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (attempts <= 1 || (error instanceof Error && '$metadata' in error)) throw error
    return retryBroken(work, attempts - 1)
  }
}

async function runAll<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: concurrentRequests }, worker))
  return results
}

async function explain<T>(place: S3Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw describeFailure(place, error)
  }
}

function describeFailure({ address }: S3Place, cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const why = cause instanceof Error ? cause.message || cause.name : String(cause)
  return new AppError(
    'unavailable',
    `${address} could not be used: ${why}. Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL.`,
    { reason: 'backup.s3', cause },
  )
}
