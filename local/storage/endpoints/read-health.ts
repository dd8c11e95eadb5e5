import { sendJson } from '../../http/send-json.ts'
import type { StorageRequest } from './request.ts'

/** GET /status and /health */
export async function readHealth({ res }: StorageRequest): Promise<void> {
  sendJson(res, 200, { healthy: true })
}
