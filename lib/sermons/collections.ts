import { and, count, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, DatabaseOrTransaction, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, formerSlugs, series, sermons, sermonTopics, speakers, topics } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { bareName } from '#lib/sermons/bare-name.ts'
import type { CollectionChanges } from '#lib/sermons/collection-input.ts'
import type { CollectionKind } from '#lib/sermons/collection-kind.ts'
import { lockNames, slugOfName } from '#lib/sermons/find-or-create-names.ts'

export const collectionSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string().describe('What its page says about it.'),
  sermons: z.int().describe('How many sermons it has, drafts included.'),
  published: z.int().describe('How many of them are published; with one, it has a page.'),
  trashed: z.int().describe('How many more are in the trash. It can be deleted when it has none of both.'),
  sameAs: z
    .uuid()
    .nullable()
    .describe('Another speaker who seems to be the same person: the name differs by titles only.'),
})

export type Collection = z.infer<typeof collectionSchema>

/** The table of each kind. */
export const collectionTables = { speaker: speakers, series, topic: topics }
/** The column with the name of each kind. */
export const collectionNames = { speaker: speakers.name, series: series.title, topic: topics.name }
/** The column of `former_slugs` that names the collection of each kind. */
export const formerOwners = {
  speaker: formerSlugs.speakerId,
  series: formerSlugs.seriesId,
  topic: formerSlugs.topicId,
}

/** Every sermon with each collection of a kind that it belongs to, as the table `members`. */
export const collectionMembers = {
  speaker: sql`(select speaker_id as collection_id, id as sermon_id from sermons) as members`,
  series: sql`(select series_id as collection_id, id as sermon_id from sermons) as members`,
  topic: sql`(select topic_id as collection_id, sermon_id from sermon_topics) as members`,
}

/** Whether a sermon of the query belongs to the collection with this id. */
export function isInCollection(kind: CollectionKind, id: string | SQL): SQL {
  if (kind === 'speaker') return sql`${sermons.speakerId} = ${id}`
  if (kind === 'series') return sql`${sermons.seriesId} = ${id}`
  return sql`${sermons.id} in (select sermon_id from sermon_topics where topic_id = ${id})`
}

/** The speaker, series or topic of a church with this id. */
export type CollectionOfChurch = { kind: CollectionKind; churchId: string; id: string }

const isKept = and(isNotNull(sermons.id), isNull(sermons.trashedAt))

const countWhere = (condition: SQL | undefined) =>
  sql<number>`count(*) filter (where ${condition})`.mapWith(Number)

/** The speakers, series or topics of a church, by name. */
export async function listCollections(
  { db }: { db: Database },
  { kind, churchId }: { kind: CollectionKind; churchId: string },
): Promise<Collection[]> {
  const table = collectionTables[kind]
  const rows = await db
    .select({
      id: table.id,
      slug: table.slug,
      name: collectionNames[kind],
      description: table.description,
      createdAt: table.createdAt,
      sermons: countWhere(isKept),
      published: countWhere(and(isKept, eq(sermons.publication, 'published'))),
      trashed: count(sermons.trashedAt),
    })
    .from(table)
    .leftJoin(collectionMembers[kind], sql`members.collection_id = ${table.id}`)
    .leftJoin(sermons, sql`${sermons.id} = members.sermon_id`)
    .where(eq(table.churchId, churchId))
    .groupBy(table.id)
    .orderBy(collectionNames[kind])
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
 * Changes the name or the description of a speaker, series or topic. Another name has an address of its own, and the
 * address before it forwards. Throws `not_found`, and `conflict` with the reason `collection.same_name` when the church
 * has another one of this name.
 */
export async function changeCollection(
  { db }: { db: Database },
  {
    kind,
    churchId,
    id,
    actorId,
    name,
    description,
  }: CollectionOfChurch & CollectionChanges & { actorId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockNames(tx, { churchId })
    const before = await lockCollection(tx, { kind, churchId, id })
    if (name !== undefined && name !== before.name) {
      const slug = await moveAddress(tx, { kind, churchId, id, before: before.slug, name })
      if (kind === 'series') await tx.update(series).set({ title: name, slug }).where(eq(series.id, id))
      else if (kind === 'speaker') await tx.update(speakers).set({ name, slug }).where(eq(speakers.id, id))
      else await tx.update(topics).set({ name, slug }).where(eq(topics.id, id))
      await log(tx, { churchId, actorId, action: `${kind}.renamed`, subject: id, details: { name } })
    }
    if (description !== undefined && description !== before.description) {
      const table = collectionTables[kind]
      await tx.update(table).set({ description }).where(eq(table.id, id))
      await log(tx, { churchId, actorId, action: `${kind}.described`, subject: id, details: { description } })
    }
    await touchSermons(tx, { kind, id })
  })
}

/** Makes the address of a new name free, and returns it; the address before it forwards. */
async function moveAddress(
  tx: Transaction,
  { kind, churchId, id, before, name }: CollectionOfChurch & { before: string; name: string },
): Promise<string> {
  const slug = slugOfName(name)
  const table = collectionTables[kind]
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
  if (before !== slug) await forward(tx, { kind, churchId, id, slug: before })
  return slug
}

/**
 * Gives the sermons of one speaker, series or topic to another, and removes it; all of its addresses forward to the one
 * that is kept. Throws `not_found` when the church lacks one of them, and `bad_request` when both are the same.
 */
export async function mergeCollections(
  { db }: { db: Database },
  { kind, churchId, id, into, actorId }: CollectionOfChurch & { into: string; actorId: string },
): Promise<void> {
  if (id === into) throw new AppError('bad_request', 'Choose another one to merge it with.')
  await db.transaction(async (tx) => {
    await lockNames(tx, { churchId })
    await lockCollection(tx, { kind, churchId, id: into })
    const gone = await lockCollection(tx, { kind, churchId, id })
    await touchSermons(tx, { kind, id })
    await giveSermons(tx, { kind, id, into })
    await tx.update(formerSlugs).set(ownerOf(kind, into)).where(eq(formerOwners[kind], id))
    await tx.delete(collectionTables[kind]).where(eq(collectionTables[kind].id, id))
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

async function giveSermons(
  tx: Transaction,
  { kind, id, into }: { kind: CollectionKind; id: string; into: string },
): Promise<void> {
  if (kind === 'speaker') {
    await tx.update(sermons).set({ speakerId: into }).where(eq(sermons.speakerId, id))
  } else if (kind === 'series') {
    await tx.update(sermons).set({ seriesId: into }).where(eq(sermons.seriesId, id))
  } else {
    // A sermon that has both keeps the one; the other is deleted with its topic.
    await tx
      .update(sermonTopics)
      .set({ topicId: into })
      .where(
        and(
          eq(sermonTopics.topicId, id),
          sql`${sermonTopics.sermonId} not in (select sermon_id from sermon_topics where topic_id = ${into})`,
        ),
      )
  }
}

/** The address of the speaker, series or topic that had this one before; null when there is none. */
export async function findForwardedSlug(
  { db }: { db: Database },
  { kind, slug }: { kind: CollectionKind; slug: string },
): Promise<string | null> {
  const table = collectionTables[kind]
  const [found] = await db
    .select({ slug: table.slug })
    .from(formerSlugs)
    .innerJoin(table, eq(table.id, formerOwners[kind]))
    .where(and(eq(formerSlugs.kind, kind), eq(formerSlugs.slug, slug)))
    .limit(1)
  return found?.slug ?? null
}

/** Reads it and keeps it from changing until the transaction ends. Throws `not_found`. */
export async function lockCollection(
  tx: Transaction,
  { kind, churchId, id }: CollectionOfChurch,
): Promise<{ slug: string; name: string; description: string }> {
  const table = collectionTables[kind]
  const [found] = await tx
    .select({ slug: table.slug, name: collectionNames[kind], description: table.description })
    .from(table)
    .where(and(eq(table.id, id), eq(table.churchId, churchId)))
    .for('update')
  if (found) return found
  throw new AppError('not_found', 'This name does not exist any more. Reload the page.')
}

/** From now on the address leads to this one, whatever it led to before. */
async function forward(
  tx: Transaction,
  { kind, churchId, id, slug }: CollectionOfChurch & { slug: string },
): Promise<void> {
  await tx.delete(formerSlugs).where(isFormer(kind, slug, churchId))
  await tx.insert(formerSlugs).values({ churchId, kind, slug, ...ownerOf(kind, id) })
}

function ownerOf(kind: CollectionKind, id: string): Partial<typeof formerSlugs.$inferInsert> {
  if (kind === 'speaker') return { speakerId: id }
  return kind === 'series' ? { seriesId: id } : { topicId: id }
}

const isFormer = (kind: CollectionKind, slug: string, churchId: string): SQL | undefined =>
  and(eq(formerSlugs.churchId, churchId), eq(formerSlugs.kind, kind), eq(formerSlugs.slug, slug))

/** Open pages, feeds and the search index follow: all look for sermons that have changed. */
async function touchSermons(
  tx: Transaction,
  { kind, id }: { kind: CollectionKind; id: string },
): Promise<void> {
  await tx.update(sermons).set({ updatedAt: sql`now()` }).where(isInCollection(kind, id))
}

const log = (tx: DatabaseOrTransaction, entry: typeof auditLog.$inferInsert) =>
  tx.insert(auditLog).values(entry)
