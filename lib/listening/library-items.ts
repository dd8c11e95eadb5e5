import type { LibraryItemKind } from '#lib/db/schema.ts'

/** One thing that a listener keeps. */
export type LibraryItem = {
  kind: LibraryItemKind
  id: string
  /** When the listener changed it, in milliseconds since 1970. */
  changedAtMs: number
  /** Null when it was removed. */
  value: object | null
}

/** Names an item of one library. */
export const itemKey = ({ kind, id }: { kind: LibraryItemKind; id: string }): string => `${kind} ${id}`

/**
 * Merges two states of a library: for each item the last change holds, also a removal, whichever side knows of it. In any
 * order, and as often as wanted, the result is the same. Of two changes in the same millisecond the removal holds.
 */
export function mergeItems<Item extends LibraryItem>(
  first: readonly Item[],
  second: readonly Item[],
): Item[] {
  const merged = new Map<string, Item>()
  for (const item of [...first, ...second]) {
    const key = itemKey(item)
    const known = merged.get(key)
    if (!known || isLater(item, known)) merged.set(key, item)
  }
  return [...merged.values()]
}

function isLater(one: LibraryItem, other: LibraryItem): boolean {
  if (one.changedAtMs !== other.changedAtMs) return one.changedAtMs > other.changedAtMs
  if (one.value === null || other.value === null) return other.value !== null
  return writeSorted(one.value) > writeSorted(other.value)
}

/** JSON with sorted names: databases and browsers order them differently. */
export function writeSorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
