import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { readJsonBody } from '../../http/read-json-body.ts'
import type { ResumableUploads } from '../resumable-uploads.ts'
import type { StorageContext } from '../storage-context.ts'
import { StorageError } from '../storage-error.ts'

export interface StorageRequest {
  context: StorageContext
  uploads: Pick<ResumableUploads, 'close'>
  req: IncomingMessage
  res: ServerResponse
  query: URLSearchParams
  /** True for the secret key. Every other caller has no rights, as in a project without policies. */
  isService: boolean
}

/** Reads the JSON body. Throws StorageError `InvalidRequest`. */
export async function readInput<Schema extends z.ZodType>(
  schema: Schema,
  req: IncomingMessage,
): Promise<z.infer<Schema>> {
  const result = schema.safeParse((await readJsonBody(req)) ?? {})
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new StorageError(
    'InvalidRequest',
    `body/${issue?.path.join('/') ?? ''} ${issue?.message ?? 'is invalid'}`,
  )
}
