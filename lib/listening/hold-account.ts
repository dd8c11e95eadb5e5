import { eq } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { profiles } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

/**
 * Keeps the account of a listener from being deleted until the transaction ends. `alone` also waits for other holders.
 * Throws `not_signed_in` where it was deleted after the request was recognised.
 */
export async function holdAccount(
  tx: Transaction,
  { userId, alone = false }: { userId: string; alone?: boolean },
): Promise<void> {
  const [held] = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.id, userId))
    .for(alone ? 'update' : 'key share')
  if (!held) throw new AppError('not_signed_in', 'This account was deleted. Sign in to have a new one.')
}
