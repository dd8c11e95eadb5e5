import { createHash } from 'node:crypto'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import type { Database, DatabaseOrTransaction, Transaction } from '#lib/db/connect-database.ts'
import { libraryItems } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { holdAccount } from '#lib/listening/hold-account.ts'
import { mergeItems, writeSorted } from '#lib/listening/library-items.ts'
import { textKey } from '#lib/text/text-input.ts'

/** The most that an account keeps. Removed items do not count. */
export const MAX_LIBRARY_ITEMS = 3000
const MAX_SENT_ITEMS = 500
/** So long a removal holds against a device that was without a network. */
const KEEP_REMOVALS_DAYS = 180
const MAX_KNOWN_REMOVALS = 3000

const text = (name: string, max: number) => textKey({ name, max })
const path = (start: string) =>
  text('address', 600).refine((address) => address.startsWith(start), `Give an address below ${start}`)
const timeMs = z.number().min(0).max(8.64e15).transform(Math.round)
const rank = z.number().describe('Smaller ones are listed first.')

/** A recording as a browser keeps it: what the player needs to start it. */
const trackSchema = z.object({
  id: text('recording', 100),
  title: text('title', 1000),
  language: text('language', 100).nullable(),
  artist: text('speaker', 1000).nullable(),
  album: text('series', 1000).nullable(),
  reference: text('reference', 1000),
  pageHref: path('/sermons/'),
  hlsUrl: path('/api/v1/sermons/'),
  captionsUrl: path('/api/v1/sermons/'),
  durationMs: z.number().min(0).max(86_400_000),
})

const inList = z.object({ rank, track: trackSchema })
const values = {
  later: inList,
  queue: inList,
  heard: inList,
  playlist: z.object({ rank, name: text('name', 200) }),
  listed: inList,
  followed: z.object({ rank, title: text('title', 1000), seenAtMs: timeMs }),
  bookmark: z.object({ rank, track: trackSchema, atMs: timeMs, note: text('note', 1000) }),
}

const itemOf = <Kind extends keyof typeof values>(kind: Kind) =>
  z.object({
    kind: z.literal(kind),
    id: text('id', 300).refine((id) => id !== '', 'Name the item.'),
    changedAtMs: timeMs.describe('When the listener changed it, in milliseconds since 1970.'),
    value: values[kind].nullable().describe('Null for an item that was removed.'),
  })

const itemSchema = z.discriminatedUnion('kind', [
  itemOf('later'),
  itemOf('queue'),
  itemOf('heard'),
  itemOf('playlist'),
  itemOf('listed'),
  itemOf('followed'),
  itemOf('bookmark'),
])

export const libraryInputSchema = z.object({ items: z.array(itemSchema).max(MAX_SENT_ITEMS) })

/** The library of a listener, as the HTTP API shows it. */
export const apiLibrarySchema = z.object({
  items: z.array(itemSchema).describe('What is in the library. Removed items are not listed.'),
  nowMs: z.number().describe('The clock of the server, by which devices correct theirs.'),
})

export type ApiLibrary = z.infer<typeof apiLibrarySchema>
type StoredItem = z.infer<typeof itemSchema>

/** What a listener keeps. */
export async function readLibrary(
  { db }: { db: DatabaseOrTransaction },
  { actor }: { actor: Actor },
): Promise<ApiLibrary> {
  const items = await selectItems(db, actor.userId)
  return toApi(items)
}

/**
 * Merges changes of a device into the library and returns the library. For each item the last change holds, whenever it
 * arrives; one in the future counts as one of now. Throws `conflict` with the reason `library.full`, and `not_signed_in`
 * for an account that was deleted in the meantime; then nothing is stored.
 */
export async function saveLibrary(
  { db }: { db: Database },
  { actor, input }: { actor: Actor; input: z.infer<typeof libraryInputSchema> },
): Promise<ApiLibrary> {
  const { userId } = actor
  const nowMs = Date.now()
  const sent: StoredItem[] = input.items.map((item) => ({
    ...item,
    changedAtMs: Math.min(item.changedAtMs, nowMs),
  }))
  return db.transaction(async (tx) => {
    // Two devices that send at one moment are merged one after the other.
    await holdAccount(tx, { userId, alone: true })
    const stored = await selectItems(tx, userId)
    const merged = mergeItems(stored, sent)
    if (merged.filter(({ value }) => value !== null).length > MAX_LIBRARY_ITEMS) {
      throw new AppError('conflict', 'Your library is full. Remove what you no longer need.', {
        reason: 'library.full',
      })
    }
    const before = new Set(stored)
    await storeItems(
      tx,
      userId,
      merged.filter((item) => !before.has(item)),
    )
    await forgetRemovals(tx, userId)
    return toApi(merged)
  })
}

/** Changes with every change of the library; for answers that repeat nothing. */
export function libraryVersion({ items }: ApiLibrary): string {
  const text = items.map(writeSorted).toSorted().join('\n')
  return createHash('sha256').update(text).digest('base64url').slice(0, 27)
}

function toApi(items: readonly StoredItem[]): ApiLibrary {
  const kept = items.filter(({ value }) => value !== null)
  return { ...apiLibrarySchema.pick({ items: true }).parse({ items: kept }), nowMs: Date.now() }
}

async function selectItems(db: DatabaseOrTransaction, userId: string): Promise<StoredItem[]> {
  const rows = await db
    .select({
      kind: libraryItems.kind,
      id: libraryItems.itemId,
      changedAt: libraryItems.changedAt,
      value: libraryItems.value,
    })
    .from(libraryItems)
    .where(eq(libraryItems.userId, userId))
  return rows.map(({ changedAt, ...row }) => itemSchema.parse({ ...row, changedAtMs: changedAt.getTime() }))
}

async function storeItems(tx: Transaction, userId: string, items: readonly StoredItem[]): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ kind, id, changedAtMs, value }) => ({
    ...{ userId, kind, itemId: id, value },
    changedAt: new Date(changedAtMs),
  }))
  await tx
    .insert(libraryItems)
    .values(rows)
    .onConflictDoUpdate({
      target: [libraryItems.userId, libraryItems.kind, libraryItems.itemId],
      set: { value: sql`excluded.value`, changedAt: sql`excluded.changed_at` },
    })
}

async function forgetRemovals(tx: Transaction, userId: string): Promise<void> {
  const removed = and(eq(libraryItems.userId, userId), isNull(libraryItems.value))
  await tx
    .delete(libraryItems)
    .where(and(removed, lt(libraryItems.changedAt, sql`now() - ${KEEP_REMOVALS_DAYS} * interval '1 day'`)))
  const newest = tx
    .select({ changedAt: libraryItems.changedAt })
    .from(libraryItems)
    .where(removed)
    .orderBy(sql`${libraryItems.changedAt} desc`)
    .offset(MAX_KNOWN_REMOVALS)
    .limit(1)
  await tx.delete(libraryItems).where(and(removed, lt(libraryItems.changedAt, newest)))
}
