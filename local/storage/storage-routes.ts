import { createRouter, type PathParameters, type Route } from '../http/create-router.ts'
import { checkBucketName, checkKey } from './check-key.ts'
import {
  createBucket,
  deleteBucket,
  emptyBucket,
  listBuckets,
  readBucket,
  updateBucket,
} from './endpoints/buckets.ts'
import {
  copyObject,
  downloadObject,
  downloadPublicObject,
  listObjects,
  listObjectsByPage,
  moveObject,
  purgeCache,
  readInfo,
  removeObject,
  removeObjects,
  uploadObject,
} from './endpoints/objects.ts'
import { readHealth } from './endpoints/read-health.ts'
import type { StorageRequest } from './endpoints/request.ts'
import {
  downloadSignedObject,
  refuseTransformation,
  signObject,
  signObjects,
  signUpload,
  uploadSignedObject,
} from './endpoints/signed.ts'

interface StorageRoute {
  /** `key`: an API key or a user's session. `nothing`: the request contains its own permission, or needs none. */
  needs: 'nothing' | 'key'
  handle: (request: StorageRequest, params: PathParameters) => Promise<void>
}

type OnBucket = (request: StorageRequest, bucketId: string) => Promise<void>
type OnObject = (request: StorageRequest, bucketId: string, key: string) => Promise<void>

const withKey = (handle: StorageRoute['handle']): StorageRoute => ({ needs: 'key', handle })
const open = (handle: StorageRoute['handle']): StorageRoute => ({ needs: 'nothing', handle })
const onBucket =
  (handle: OnBucket): StorageRoute['handle'] =>
  (request, params) =>
    handle(request, checkBucketName(params.bucket ?? ''))
const onObject =
  (handle: OnObject): StorageRoute['handle'] =>
  (request, params) =>
    handle(request, checkBucketName(params.bucket ?? ''), checkKey(params['*'] ?? ''))

const bucketRoutes: Route<StorageRoute>[] = [
  { method: 'GET', path: '/bucket', target: withKey(listBuckets) },
  { method: 'POST', path: '/bucket', target: withKey(createBucket) },
  { method: 'GET', path: '/bucket/:bucket', target: withKey(onBucket(readBucket)) },
  { method: 'PUT', path: '/bucket/:bucket', target: withKey(onBucket(updateBucket)) },
  { method: 'DELETE', path: '/bucket/:bucket', target: withKey(onBucket(deleteBucket)) },
  { method: 'POST', path: '/bucket/:bucket/empty', target: withKey(onBucket(emptyBucket)) },
]

const objectRoutes: Route<StorageRoute>[] = [
  { method: 'POST', path: '/object/move', target: withKey(moveObject) },
  { method: 'POST', path: '/object/copy', target: withKey(copyObject) },
  { method: 'POST', path: '/object/list/:bucket', target: withKey(onBucket(listObjects)) },
  { method: 'POST', path: '/object/list-v2/:bucket', target: withKey(onBucket(listObjectsByPage)) },
  { method: 'POST', path: '/object/sign/:bucket', target: withKey(onBucket(signObjects)) },
  { method: 'POST', path: '/object/sign/:bucket/*', target: withKey(onObject(signObject)) },
  { method: 'GET', path: '/object/sign/:bucket/*', target: open(onObject(downloadSignedObject)) },
  { method: 'POST', path: '/object/upload/sign/:bucket/*', target: withKey(onObject(signUpload)) },
  { method: 'PUT', path: '/object/upload/sign/:bucket/*', target: open(onObject(uploadSignedObject)) },
  { method: 'GET', path: '/object/public/:bucket/*', target: open(onObject(downloadPublicObject)) },
  { method: 'GET', path: '/object/info/authenticated/:bucket/*', target: withKey(onObject(readInfo)) },
  { method: 'GET', path: '/object/info/:bucket/*', target: withKey(onObject(readInfo)) },
  { method: 'GET', path: '/object/authenticated/:bucket/*', target: withKey(onObject(downloadObject)) },
  { method: 'GET', path: '/object/:bucket/*', target: withKey(onObject(downloadObject)) },
  { method: 'POST', path: '/object/:bucket/*', target: withKey(onObject(uploadObject)) },
  { method: 'PUT', path: '/object/:bucket/*', target: withKey(onObject(uploadObject)) },
  { method: 'DELETE', path: '/object/:bucket', target: withKey(onBucket(removeObjects)) },
  { method: 'DELETE', path: '/object/:bucket/*', target: withKey(onObject(removeObject)) },
  { method: 'GET', path: '/render/image/*', target: open(refuseTransformation) },
  { method: 'DELETE', path: '/cdn/:bucket/*', target: withKey(onObject(purgeCache)) },
]

/** Returns the route of a method and a path below `/storage/v1`, or undefined. Excludes resumable uploads. */
export const findStorageRoute = createRouter<StorageRoute>([
  { method: 'GET', path: '/status', target: open(readHealth) },
  { method: 'GET', path: '/health', target: open(readHealth) },
  ...bucketRoutes,
  ...objectRoutes,
])
