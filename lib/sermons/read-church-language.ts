import { eq } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { churches } from '#lib/db/schema.ts'

/** The language of a church's sermons unless they say otherwise, as a tag of BCP 47. */
export async function readChurchLanguage(
  db: DatabaseOrTransaction,
  { churchId }: { churchId: string },
): Promise<string> {
  const [church] = await db
    .select({ language: churches.language })
    .from(churches)
    .where(eq(churches.id, churchId))
  return church?.language ?? 'en'
}
