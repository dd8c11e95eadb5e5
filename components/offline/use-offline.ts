'use client'

import { useSyncExternalStore } from 'react'
import { initialOfflineState, type OfflineState, offlineStore } from './offline-store.ts'

/** The sermons on this device. */
export function useOffline(): OfflineState {
  return useSyncExternalStore(offlineStore.subscribe, offlineStore.read, () => initialOfflineState)
}

const watchNetwork = (listener: () => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Whether the browser has a network. */
export function useNetwork(): boolean {
  return useSyncExternalStore(
    watchNetwork,
    () => navigator.onLine,
    () => true,
  )
}
