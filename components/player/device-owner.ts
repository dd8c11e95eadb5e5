import { ownStorage } from '#components/ui/own-storage.ts'

const ownerKey = 'selah:owner'
/** What tells something about a listener: their lists, places, questions, and speeds for speakers. */
const personal = /^selah:(owner|library|place:|speed:|questions)/

/** Forgets what this browser keeps of a listener. Settings of the player and saved recordings stay. */
export function forgetListener(storage = ownStorage()): void {
  if (!storage) return
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
  for (const key of keys) if (personal.test(key)) storage.removeItem(key)
}

/** Whether this browser still keeps the library and the places of the listener. */
export function isOwner(listenerId: string, storage = ownStorage()): boolean {
  return storage?.getItem(ownerKey) === listenerId
}

/**
 * Notes whose library and places this browser keeps. Those of another account are forgotten, so that they do not become
 * part of this one; those that were made without an account belong to the first who signs in.
 */
export function claimDevice(listenerId: string, storage = ownStorage()): void {
  try {
    const owner = storage?.getItem(ownerKey)
    if (owner === listenerId) return
    if (owner) forgetListener(storage)
    storage?.setItem(ownerKey, listenerId)
  } catch {
    // Storage is full: nothing of the other account could be kept either.
  }
}
