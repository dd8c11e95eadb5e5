import type { Database } from '#lib/db/connect-database.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** A sermon that everyone may see. Throws `not_found`, also for a draft of the caller's own church. */
export async function findPublicSermon(
  services: { db: Database },
  wanted: { slug: string } | { id: string },
): Promise<SermonView> {
  return findVisibleSermon(services, { ...wanted, actor: null })
}
