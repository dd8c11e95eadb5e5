'use client'

import { useEffect } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { whenLoaded } from '#components/ui/when-loaded.ts'

/**
 * Keeps the listener's library while pages come and go. Its code is loaded when something plays, and for a signed-in
 * listener the code that keeps it the same on every device.
 */
export function LibraryRoot({ listenerId }: { listenerId: string | null }) {
  const t = useTranslations('player')
  useEffect(() => {
    if (listenerId === null) return
    return whenLoaded(import('./sync-library.ts'), ({ syncLibrary }) => syncLibrary(listenerId))
  }, [listenerId])
  useEffect(() => {
    let stop = () => {}
    const unsubscribe = player.store.subscribe(() => {
      if (player.store.read().track === null) return
      const chosenAtMs = performance.now()
      unsubscribe()
      stop = whenLoaded(import('./connect-library.ts'), ({ connectLibrary }) =>
        connectLibrary(player, {
          chosenAtMs,
          onPassedOver: ({ title }, { isNext }) =>
            showToast(t(isNext ? 'passedOver' : 'notThere', { title }), 'danger'),
        }),
      )
    })
    return () => {
      unsubscribe()
      stop()
    }
  }, [t])
  return null
}
