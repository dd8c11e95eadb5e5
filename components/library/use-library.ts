'use client'

import { useSyncExternalStore } from 'react'
import { emptyLibrary, libraryStore, type OwnLibrary } from './own-library.ts'

/** What the listener keeps in this browser. */
export function useLibrary(): OwnLibrary {
  return useSyncExternalStore(libraryStore.subscribe, libraryStore.read, () => emptyLibrary)
}
