import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { type CollectionOfChurch, collectionTables, isInCollection, lockCollection } from './collections.ts'
import { lockNames } from './find-or-create-names.ts'

/**
 * Deletes a speaker, series or topic that no sermon has, also none in the trash, with its description; its address and
 * those that forward to it lead nowhere. Throws `not_found`, and `conflict` with the reason `collection.in_use`.
 */
export async function deleteCollection(
  { db }: { db: Database },
  { kind, churchId, id, actorId }: CollectionOfChurch & { actorId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    // A sermon that gets the name in this moment has it already, or creates it again after this.
    await lockNames(tx, { churchId })
    const { name, slug, description } = await lockCollection(tx, { kind, churchId, id })
    const [used] = await tx.select({ id: sermons.id }).from(sermons).where(isInCollection(kind, id)).limit(1)
    if (used) {
      throw new AppError(
        'conflict',
        'A sermon has this name, perhaps one in the trash, so that it cannot be deleted. Merge it with another name instead.',
        { reason: 'collection.in_use' },
      )
    }
    const table = collectionTables[kind]
    await tx.delete(table).where(eq(table.id, id))
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: `${kind}.deleted`,
      subject: id,
      details: { name, slug, description },
    })
  })
}
