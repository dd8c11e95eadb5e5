'use client'

import { useEffect } from 'react'
import { player } from '#components/player/player.ts'

/** Keeps the listener's library while pages come and go. Its code is loaded when something plays. */
export function LibraryRoot() {
  useEffect(() => {
    let isOver = false
    let stop = () => {}
    const unsubscribe = player.store.subscribe(() => {
      if (player.store.read().track === null) return
      unsubscribe()
      void import('./connect-library.ts').then(({ connectLibrary }) => {
        if (!isOver) stop = connectLibrary(player)
      })
    })
    return () => {
      isOver = true
      unsubscribe()
      stop()
    }
  }, [])
  return null
}
