import { z } from 'zod'
import { type Api, ApiError } from './connect-api.ts'

const pageSchema = z.object({
  checked: z.number(),
  orphans: z.array(z.object({ sizeBytes: z.number() }).loose()),
  next: z.string().nullable(),
})

export type StoredFiles = { checked: number; orphans: number; orphanBytes: number; removed: boolean }

/**
 * Compares the stored files of the church with its sermons, page by page. With `remove`, removes those that belong to
 * none. Returns null when no owner is signed in.
 */
export async function checkStoredFiles(
  api: Api,
  { remove }: { remove: boolean },
): Promise<StoredFiles | null> {
  const found: StoredFiles = { checked: 0, orphans: 0, orphanBytes: 0, removed: remove }
  let cursor: string | null = null
  do {
    let answer: unknown
    try {
      answer = remove
        ? await api.request('POST', '/api/v1/orphans', cursor === null ? {} : { cursor })
        : await api.request(
            'GET',
            `/api/v1/orphans?${new URLSearchParams(cursor === null ? {} : { cursor })}`,
          )
    } catch (error) {
      if (!remove && error instanceof ApiError && (error.status === 401 || error.status === 403)) return null
      throw error
    }
    const page = pageSchema.parse(answer)
    found.checked += page.checked
    found.orphans += page.orphans.length
    for (const { sizeBytes } of page.orphans) found.orphanBytes += sizeBytes
    cursor = page.next
  } while (cursor !== null)
  return found
}

/** Returns what `doctor` prints about stored files. */
export function describeStoredFiles(files: StoredFiles | null): string {
  if (!files) return '  stored files: sign in as an owner to check them'
  const { checked, orphans, orphanBytes, removed } = files
  const size = `${(orphanBytes / 1_000_000).toFixed(1)} MB`
  if (orphans === 0) return `  stored files: ${checked} checked, each belongs to a sermon`
  return removed
    ? `  stored files: ${checked} checked, ${orphans} that belonged to no sermon removed (${size})`
    : `  stored files: ${checked} checked, ${orphans} belong to no sermon (${size}); remove them with --remove-orphans`
}
