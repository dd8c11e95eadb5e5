'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { player } from './player.ts'
import { initialPlayerState, type PlayerState } from './player-store.ts'

/** Reads one value of the player's state. The component renders only when that value changes. */
export function usePlayer<T>(select: (state: PlayerState) => T): T {
  const read = useCallback(() => select(player.store.read()), [select])
  const readOnServer = useCallback(() => select(initialPlayerState), [select])
  return useSyncExternalStore(player.store.subscribe, read, readOnServer)
}
