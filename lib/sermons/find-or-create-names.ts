import { createHash } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { formerSlugs, series, sermonTopics, speakers, topics } from '#lib/db/schema.ts'
import type { CollectionKind } from '#lib/sermons/collection-kind.ts'
import { makeSlug } from '#lib/sermons/make-slug.ts'
import { bareName } from './bare-name.ts'

/** The longest slug without a number. */
const MAX_PLAIN = 80
/** Letters of the Cyrillic alphabet that have no Latin spelling of their own. */
const silent = /[ьъ]/iu

/**
 * A slug that is the same for every spelling of a name (case, spaces), and differs for different names even when
 * they have no Latin spelling or only a part of them has one: 田中 and 佐藤 are two people, 恩典 Grace and 信心 Grace
 * two topics.
 */
export function slugOfName(name: string): string {
  const normalised = name.trim().normalize('NFKC').replace(/\s+/g, ' ').toLowerCase()
  const hash = createHash('sha256').update(normalised).digest('hex').slice(0, 12)
  const slug = makeSlug(name, new Set(), hash)
  const lacksLetters = [...new Set(normalised.match(/[\p{L}\p{N}]/gu) ?? [])].some(
    (letter) => !silent.test(letter) && makeSlug(letter, new Set(), '') === '',
  )
  return slug !== hash && (lacksLetters || slug.length >= MAX_PLAIN)
    ? `${slug.slice(0, MAX_PLAIN - 13)}-${hash}`
    : slug
}

/**
 * Waits until no other transaction changes the speakers, series and topics of a church. Every transaction that creates,
 * changes, merges or deletes them does this before it locks any row: otherwise two of them can wait for each other.
 */
export async function lockNames(tx: Transaction, { churchId }: { churchId: string }): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`selah.names ${churchId}`}, 0))`)
}

/**
 * The speaker of the church with this name, created when new; null for an empty name. "Rev. Ana Ruiz" is the speaker
 * that the church has as "Ana Ruiz" or "Pastor Ana Ruiz", and a name that was merged with another is that other one.
 */
export async function findOrCreateSpeaker(
  tx: Transaction,
  { churchId, name }: { churchId: string; name: string },
): Promise<string | null> {
  if (name.trim() === '') return null
  const slug = slugOfName(name)
  const same = await findSamePerson(tx, { churchId, name, slug })
  if (same !== null) return same
  await tx.insert(speakers).values({ churchId, name: name.trim(), slug }).onConflictDoNothing()
  const [row] = await tx
    .select({ id: speakers.id })
    .from(speakers)
    .where(and(eq(speakers.churchId, churchId), eq(speakers.slug, slug)))
  return row?.id ?? null
}

async function findSamePerson(
  tx: Transaction,
  { churchId, name, slug }: { churchId: string; name: string; slug: string },
): Promise<string | null> {
  const rows = await tx
    .select({ id: speakers.id, name: speakers.name, slug: speakers.slug })
    .from(speakers)
    .where(eq(speakers.churchId, churchId))
    .orderBy(speakers.createdAt)
  const merged = await findByFormerSlug(tx, { churchId, slug, kind: 'speaker' })
  const bare = bareName(name)
  const same =
    rows.find((row) => row.slug === slug || row.id === merged) ??
    rows.find((row) => bareName(row.name) === bare)
  return same?.id ?? null
}

/** The speaker, series or topic that had this address before, or null. */
async function findByFormerSlug(
  tx: Transaction,
  { churchId, kind, slug }: { churchId: string; kind: CollectionKind; slug: string },
): Promise<string | null> {
  const [former] = await tx
    .select({
      speakerId: formerSlugs.speakerId,
      seriesId: formerSlugs.seriesId,
      topicId: formerSlugs.topicId,
    })
    .from(formerSlugs)
    .where(and(eq(formerSlugs.churchId, churchId), eq(formerSlugs.kind, kind), eq(formerSlugs.slug, slug)))
  return former?.speakerId ?? former?.seriesId ?? former?.topicId ?? null
}

/** The series of the church with this title, created when new; null for an empty title. */
export async function findOrCreateSeries(
  tx: Transaction,
  { churchId, title }: { churchId: string; title: string },
): Promise<string | null> {
  return findOrCreate(tx, { churchId, kind: 'series', name: title })
}

async function findOrCreate(
  tx: Transaction,
  { churchId, kind, name: written }: { churchId: string; kind: 'series' | 'topic'; name: string },
): Promise<string | null> {
  const name = written.trim()
  if (name === '') return null
  const slug = slugOfName(name)
  // A series is inserted only where it is new, as each attempt takes a season.
  const known =
    (await findByFormerSlug(tx, { churchId, slug, kind })) ??
    (await findByName(tx, { churchId, kind, name })) ??
    (await findBySlug(tx, { churchId, kind, slug }))
  if (known !== null) return known
  if (kind === 'series') await tx.insert(series).values({ churchId, title: name, slug }).onConflictDoNothing()
  else await tx.insert(topics).values({ churchId, name, slug }).onConflictDoNothing()
  return findBySlug(tx, { churchId, kind, slug })
}

/** The series or topic at this address. */
async function findBySlug(
  tx: Transaction,
  { churchId, kind, slug }: { churchId: string; kind: 'series' | 'topic'; slug: string },
): Promise<string | null> {
  const table = kind === 'series' ? series : topics
  const [row] = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.churchId, churchId), eq(table.slug, slug)))
  return row?.id ?? null
}

/** The series or topic with this name, whatever its address is. */
async function findByName(
  tx: Transaction,
  { churchId, kind, name }: { churchId: string; kind: 'series' | 'topic'; name: string },
): Promise<string | null> {
  const table = kind === 'series' ? series : topics
  const column = kind === 'series' ? series.title : topics.name
  const [row] = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.churchId, churchId), sql`lower(${column}) = lower(${name})`))
    .orderBy(table.createdAt)
    .limit(1)
  return row?.id ?? null
}

/** Gives a sermon these topics instead of those it has, in their order; two spellings of one name are one topic. */
export async function setTopics(
  tx: Transaction,
  { churchId, sermonId, names }: { churchId: string; sermonId: string; names: readonly string[] },
): Promise<void> {
  const ids = new Set<string>()
  for (const name of names) {
    const id = await findOrCreate(tx, { churchId, kind: 'topic', name })
    if (id !== null) ids.add(id)
  }
  const before = await tx
    .delete(sermonTopics)
    .where(eq(sermonTopics.sermonId, sermonId))
    .returning({ id: sermonTopics.topicId })
  if (ids.size > 0) {
    await tx
      .insert(sermonTopics)
      .values([...ids].map((topicId, position) => ({ sermonId, topicId, position })))
  }
  await deleteUnused(
    tx,
    before.flatMap(({ id }) => (ids.has(id) ? [] : id)),
  )
}

/** Deletes the topics that no sermon has any more, such as misspelled ones; described ones are kept. */
async function deleteUnused(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .delete(topics)
    .where(
      and(
        inArray(topics.id, ids),
        eq(topics.description, ''),
        sql`not exists (select from sermon_topics st where st.topic_id = ${topics.id})`,
      ),
    )
}
