import { and, eq, isNull } from 'drizzle-orm'
import { type Actor, isMember } from '#lib/auth/actor.ts'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { selectSermons, toSermonView } from '#lib/sermons/to-sermon-view.ts'

const notHere = () =>
  new AppError(
    'not_found',
    'This sermon does not exist. It may have been removed, or it is not published yet.',
  )

/**
 * Finds a sermon that the actor may see: a published one, or any sermon of a church they belong to. Otherwise throws
 * `not_found`, the same for a draft of another church as for a sermon that does not exist.
 */
export async function findVisibleSermon(
  { db }: { db: DatabaseOrTransaction },
  wanted: ({ slug: string } | { id: string }) & { actor: Actor | null },
): Promise<SermonView> {
  const condition = 'slug' in wanted ? eq(sermons.slug, wanted.slug) : eq(sermons.id, wanted.id)
  const [row] = await selectSermons(db)
    .where(and(condition, isNull(sermons.trashedAt)))
    .limit(1)
  if (!row) throw notHere()
  if (row.sermon.publication !== 'published' && !isMember(wanted.actor, row.sermon.churchId)) throw notHere()
  return toSermonView(row)
}

/**
 * A sermon of the given church. Throws `not_found` when it belongs to another church or does not exist, and with
 * the reason `sermon.trashed` when it is in the trash.
 */
export async function findChurchSermon(
  { db }: { db: DatabaseOrTransaction },
  { id, churchId }: { id: string; churchId: string },
): Promise<SermonView> {
  const [row] = await selectSermons(db).where(eq(sermons.id, id)).limit(1)
  if (!row || row.sermon.churchId !== churchId) throw notHere()
  if (row.sermon.trashedAt) {
    throw new AppError('not_found', 'This sermon is in the trash. Restore it first.', {
      reason: 'sermon.trashed',
    })
  }
  return toSermonView(row)
}
