import { and, count, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, DatabaseOrTransaction, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, formerSlugs, series, sermons, speakers } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { bareName } from '#lib/sermons/bare-name.ts'
import { slugOfName } from '#lib/sermons/find-or-create-names.ts'

/** What sermons are collected by. */
export type CollectionKind = 'speaker' | 'series'

export const collectionSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  sermons: z.int().describe('How many sermons it has, drafts included.'),
  sameAs: z
    .uuid()
    .nullable()
    .describe('Another speaker who seems to be the same person: the name differs by titles only.'),
})

export type Collection = z.infer<typeof collectionSchema>

const tables = { speaker: speakers, series }
const names = { speaker: speakers.name, series: series.title }
const owners = { speaker: sermons.speakerId, series: sermons.seriesId }
const formerOwners = { speaker: formerSlugs.speakerId, series: formerSlugs.seriesId }

type Wanted = { kind: CollectionKind; churchId: string; id: string }

/** The speakers or the series of a church, by name. */
export async function listCollections(
  { db }: { db: Database },
  { kind, churchId }: { kind: CollectionKind; churchId: string },
): Promise<Collection[]> {
  const table = tables[kind]
  const rows = await db
    .select({
      id: table.id,
      slug: table.slug,
      name: names[kind],
      createdAt: table.createdAt,
      sermons: count(sermons.id),
    })
    .from(table)
    .leftJoin(sermons, and(eq(owners[kind], table.id), isNull(sermons.trashedAt)))
    .where(eq(table.churchId, churchId))
    .groupBy(table.id)
    .orderBy(names[kind])
    .limit(1000)
  const found = kind === 'speaker' ? findSamePeople(rows) : new Map<string, string>()
  return rows.map(({ createdAt: _, ...row }) => ({ ...row, sameAs: found.get(row.id) ?? null }))
}

/** Of the people whose names differ by titles only, everyone is the one with the most sermons, or else the first. */
function findSamePeople(
  people: readonly { id: string; name: string; sermons: number; createdAt: Date }[],
): Map<string, string> {
  const kept = new Map<string, (typeof people)[number]>()
  for (const person of people) {
    const bare = bareName(person.name)
    const other = kept.get(bare)
    if (!other || isRather(person, other)) kept.set(bare, person)
  }
  const same = new Map<string, string>()
  for (const person of people) {
    const one = kept.get(bareName(person.name))
    if (one && one.id !== person.id) same.set(person.id, one.id)
  }
  return same
}

const isRather = (
  one: { sermons: number; createdAt: Date },
  other: { sermons: number; createdAt: Date },
): boolean => (one.sermons === other.sermons ? one.createdAt < other.createdAt : one.sermons > other.sermons)

/**
 * Gives a speaker or series another name and the address that belongs to it; the address before it forwards. Throws
 * `not_found`, and `conflict` with the reason `collection.same_name` when the church has another one of this name.
 */
export async function renameCollection(
  { db }: { db: Database },
  { kind, churchId, id, name, actorId }: Wanted & { name: string; actorId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await lockCollection(tx, { kind, churchId, id })
    const slug = slugOfName(name)
    const table = tables[kind]
    const [other] = await tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.churchId, churchId), eq(table.slug, slug)))
    if (other && other.id !== id) {
      throw new AppError('conflict', 'There is another one with this name. Merge the two instead.', {
        reason: 'collection.same_name',
      })
    }
    // A name that is used again has its own address, which no longer forwards.
    await tx.delete(formerSlugs).where(isFormer(kind, slug, churchId))
    if (before.slug !== slug) await forward(tx, { kind, churchId, id, slug: before.slug })
    if (kind === 'speaker') await tx.update(speakers).set({ name, slug }).where(eq(speakers.id, id))
    else await tx.update(series).set({ title: name, slug }).where(eq(series.id, id))
    await touchSermons(tx, { kind, id })
    await log(tx, { churchId, actorId, action: `${kind}.renamed`, subject: id, details: { name } })
  })
}

/**
 * Gives the sermons of one speaker or series to another, and removes it; all of its addresses forward to the one that
 * is kept. Throws `not_found` when the church lacks one of them, and `bad_request` when both are the same.
 */
export async function mergeCollections(
  { db }: { db: Database },
  { kind, churchId, id, into, actorId }: Wanted & { into: string; actorId: string },
): Promise<void> {
  if (id === into) throw new AppError('bad_request', 'Choose another one to merge it with.')
  await db.transaction(async (tx) => {
    // In one order, so that two merges at the same time cannot wait for each other.
    for (const one of [id, into].sort()) await lockCollection(tx, { kind, churchId, id: one })
    const gone = await lockCollection(tx, { kind, churchId, id })
    await touchSermons(tx, { kind, id })
    if (kind === 'speaker') {
      await tx.update(sermons).set({ speakerId: into }).where(eq(sermons.speakerId, id))
      await tx.update(formerSlugs).set({ speakerId: into }).where(eq(formerSlugs.speakerId, id))
    } else {
      await tx.update(sermons).set({ seriesId: into }).where(eq(sermons.seriesId, id))
      await tx.update(formerSlugs).set({ seriesId: into }).where(eq(formerSlugs.seriesId, id))
    }
    await tx.delete(tables[kind]).where(eq(tables[kind].id, id))
    await forward(tx, { kind, churchId, id: into, slug: gone.slug })
    await log(tx, {
      churchId,
      actorId,
      action: `${kind}.merged`,
      subject: into,
      details: { name: gone.name, slug: gone.slug },
    })
  })
}

/** The address of the speaker or series that had this one before; null when there is none. */
export async function findForwardedSlug(
  { db }: { db: Database },
  { kind, slug }: { kind: CollectionKind; slug: string },
): Promise<string | null> {
  const table = tables[kind]
  const [found] = await db
    .select({ slug: table.slug })
    .from(formerSlugs)
    .innerJoin(table, eq(table.id, formerOwners[kind]))
    .where(and(eq(formerSlugs.kind, kind), eq(formerSlugs.slug, slug)))
    .limit(1)
  return found?.slug ?? null
}

async function lockCollection(
  tx: Transaction,
  { kind, churchId, id }: Wanted,
): Promise<{ slug: string; name: string }> {
  const table = tables[kind]
  const [found] = await tx
    .select({ slug: table.slug, name: names[kind] })
    .from(table)
    .where(and(eq(table.id, id), eq(table.churchId, churchId)))
    .for('update')
  if (found) return found
  throw new AppError('not_found', 'This name does not exist any more. Reload the page.')
}

/** From now on the address leads to this one, whatever it led to before. */
async function forward(
  tx: Transaction,
  { kind, churchId, id, slug }: Wanted & { slug: string },
): Promise<void> {
  await tx.delete(formerSlugs).where(isFormer(kind, slug, churchId))
  await tx
    .insert(formerSlugs)
    .values({ churchId, kind, slug, ...(kind === 'speaker' ? { speakerId: id } : { seriesId: id }) })
}

const isFormer = (kind: CollectionKind, slug: string, churchId: string): SQL | undefined =>
  and(eq(formerSlugs.churchId, churchId), eq(formerSlugs.kind, kind), eq(formerSlugs.slug, slug))

/** Open pages and the search index follow: both look for sermons that have changed. */
async function touchSermons(
  tx: Transaction,
  { kind, id }: { kind: CollectionKind; id: string },
): Promise<void> {
  await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(owners[kind], id))
}

const log = (tx: DatabaseOrTransaction, entry: typeof auditLog.$inferInsert) =>
  tx.insert(auditLog).values(entry)
