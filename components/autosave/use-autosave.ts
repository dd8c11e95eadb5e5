'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { Autosave, SaveState } from './create-autosave.ts'
import type { Fields } from './merge-fields.ts'

/** The fields and the save state of a form. Saves immediately when the form is unmounted or the page is closed. */
export function useAutosave<F extends Fields>(autosave: Autosave<F>): { fields: F; state: SaveState } {
  useEffect(() => {
    const leave = () => autosave.flush()
    const hide = () => {
      if (document.visibilityState === 'hidden') autosave.flush()
    }
    const wake = () => autosave.wake()
    const warn = (event: BeforeUnloadEvent) => {
      if (autosave.wouldLose()) event.preventDefault()
    }
    window.addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('online', wake)
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
      window.removeEventListener('online', wake)
      window.removeEventListener('beforeunload', warn)
      autosave.flush()
    }
  }, [autosave])
  return useSyncExternalStore(autosave.subscribe, autosave.getSnapshot, autosave.getServerSnapshot)
}
