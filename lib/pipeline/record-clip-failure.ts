import { and, eq, ne } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { clips } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { catalog } from '#lib/jobs/catalog.ts'

/** Marks the clip of a failed run as permanently failed, with a message for its team. Does nothing for other tasks. */
export async function recordClipFailure(
  { db }: { db: Database },
  { taskId, payload, error }: { taskId: string; payload: unknown; error: unknown },
): Promise<void> {
  const parsed = catalog['render-clip'].safeParse(payload)
  if (taskId !== 'render-clip' || !parsed.success) return
  const told =
    error instanceof AppError
      ? { reason: error.reason, message: error.message }
      : { reason: 'clip.failed', message: 'The clip could not be made. Try again.' }
  await db
    .update(clips)
    .set({ status: 'failed', error: told })
    .where(and(eq(clips.id, parsed.data.clipId), ne(clips.status, 'ready')))
}
