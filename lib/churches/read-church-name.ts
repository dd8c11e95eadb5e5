import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { churches } from '#lib/db/schema.ts'

/** The name of a church, or null when no church has this id. */
export async function readChurchName(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<string | null> {
  const [church] = await db.select({ name: churches.name }).from(churches).where(eq(churches.id, churchId))
  return church?.name ?? null
}
