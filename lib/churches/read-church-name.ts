import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { churches } from '#lib/db/schema.ts'

/** What listeners know a church by, or null when there is none of that id. */
export async function readChurchName(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<string | null> {
  const [church] = await db.select({ name: churches.name }).from(churches).where(eq(churches.id, churchId))
  return church?.name ?? null
}
