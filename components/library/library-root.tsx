'use client'

import { useEffect } from 'react'
import { player } from '#components/player/player.ts'
import { whenLoaded } from '#components/ui/when-loaded.ts'

/** Keeps the listener's library while pages come and go. Its code is loaded when something plays. */
export function LibraryRoot() {
  useEffect(() => {
    let stop = () => {}
    const unsubscribe = player.store.subscribe(() => {
      if (player.store.read().track === null) return
      const chosenAtMs = performance.now()
      unsubscribe()
      stop = whenLoaded(import('./connect-library.ts'), ({ connectLibrary }) =>
        connectLibrary(player, { chosenAtMs }),
      )
    })
    return () => {
      unsubscribe()
      stop()
    }
  }, [])
  return null
}
