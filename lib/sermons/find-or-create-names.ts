import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { series, speakers } from '#lib/db/schema.ts'
import { makeSlug } from '#lib/sermons/make-slug.ts'

/**
 * The same for every spelling of one name, and different for different names, also where there is no Latin
 * spelling: 田中 and 佐藤 are two people.
 */
export function slugOfName(name: string): string {
  const letters = name.trim().normalize('NFKC').toLowerCase()
  return makeSlug(name, new Set(), createHash('sha256').update(letters).digest('hex').slice(0, 12))
}

/** The church's speaker of that name, made on first mention; null for an empty name. */
export async function findOrCreateSpeaker(
  tx: Transaction,
  { churchId, name }: { churchId: string; name: string },
): Promise<string | null> {
  if (name.trim() === '') return null
  const slug = slugOfName(name)
  await tx.insert(speakers).values({ churchId, name: name.trim(), slug }).onConflictDoNothing()
  const [row] = await tx
    .select({ id: speakers.id })
    .from(speakers)
    .where(and(eq(speakers.churchId, churchId), eq(speakers.slug, slug)))
  return row?.id ?? null
}

/** The church's series of that title, made on first mention; null for an empty title. */
export async function findOrCreateSeries(
  tx: Transaction,
  { churchId, title }: { churchId: string; title: string },
): Promise<string | null> {
  if (title.trim() === '') return null
  const slug = slugOfName(title)
  await tx.insert(series).values({ churchId, title: title.trim(), slug }).onConflictDoNothing()
  const [row] = await tx
    .select({ id: series.id })
    .from(series)
    .where(and(eq(series.churchId, churchId), eq(series.slug, slug)))
  return row?.id ?? null
}
