import { mkdtemp, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Services } from '#lib/create-services.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { type BucketName, buckets } from '#lib/storage/ensure-buckets.ts'
import { type ListedObject, listObjects } from '#lib/storage/list-objects.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'
import { hashFile } from '../../local/backup/backup-manifest.ts'
import { type ArchivedObject, objectFile } from './archive-manifest.ts'

type Storage = Pick<Services, 'storage'>
type Place = { bucket: BucketName; object: ListedObject }

/** Every stored object, with its bucket. */
export async function listAllObjects(services: Storage): Promise<Place[]> {
  const listed = await Promise.all(
    Object.values(buckets).map(async (bucket) =>
      (await listObjects(services, { bucket })).map((object) => ({ bucket, object })),
    ),
  )
  return listed.flat()
}

/**
 * Downloads an object to its file in the archive, unless `known` describes the same state of it and the file is there.
 */
export async function dumpObject(
  services: Storage,
  { bucket, object, folder, known }: Place & { folder: string; known: ArchivedObject | undefined },
): Promise<ArchivedObject> {
  const filePath = objectFile(folder, { bucket, path: object.path })
  const isKnown = known?.updatedAt === object.updatedAt && known.sizeBytes === object.sizeBytes
  if (isKnown && (await stat(filePath).catch(() => null))?.size === known.sizeBytes) return known
  const { sizeBytes } = await downloadToFile(services, { bucket, path: object.path, filePath })
  const info = await readObjectInfo(services, { bucket, path: object.path })
  return {
    bucket,
    path: object.path,
    contentType: info?.contentType ?? 'application/octet-stream',
    sizeBytes,
    updatedAt: object.updatedAt,
    sha256: await hashFile(filePath),
  }
}

/**
 * Uploads an object of the archive unless storage has one of its size, then downloads it and compares the hash.
 * Returns whether it was uploaded. Throws when the archive or storage does not have the right contents.
 */
export async function loadObject(
  services: Storage,
  { archived, folder }: { archived: ArchivedObject; folder: string },
): Promise<boolean> {
  const bucket = buckets[archived.bucket === 'media' ? 'media' : 'originals']
  const filePath = objectFile(folder, archived)
  const there = await readObjectInfo(services, { bucket, path: archived.path })
  const isThere =
    there?.sizeBytes === archived.sizeBytes && (await hasContents(services, bucket, archived, folder))
  if (isThere) return false
  if ((await hashFile(filePath)) !== archived.sha256) {
    throw new Error(`The archive is damaged: ${archived.path} differs. Export it again.`)
  }
  const { path: name, contentType } = archived
  await uploadFile(services, { bucket, path: name, filePath, contentType, replace: true })
  if (!(await hasContents(services, bucket, archived, folder))) {
    throw new Error(`Storage returned other contents for ${name}. Start the import again.`)
  }
  return true
}

async function hasContents(
  services: Storage,
  bucket: BucketName,
  { path: name, sha256 }: ArchivedObject,
  folder: string,
): Promise<boolean> {
  const scratch = await mkdtemp(path.join(folder, 'comparing-'))
  try {
    const filePath = path.join(scratch, 'object')
    await downloadToFile(services, { bucket, path: name, filePath })
    return (await hashFile(filePath)) === sha256
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
