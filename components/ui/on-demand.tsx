'use client'

import { type ComponentType, useEffect, useState } from 'react'

/**
 * Shows a component whose code is loaded when it is shown first; until then nothing. Without a network it is loaded when
 * there is one again: unlike `next/dynamic`, which then replaces the whole page by an error. `load` stays the same.
 */
export function OnDemand<Props extends object>({
  load,
  props,
}: {
  load: () => Promise<ComponentType<Props>>
  props: Props
}) {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null)
  const isLoaded = Loaded !== null
  useEffect(() => {
    if (isLoaded) return
    let isOver = false
    const tryToLoad = () =>
      load().then(
        (component) => {
          if (!isOver) setLoaded(() => component)
        },
        () => undefined,
      )
    void tryToLoad()
    window.addEventListener('online', tryToLoad)
    return () => {
      isOver = true
      window.removeEventListener('online', tryToLoad)
    }
  }, [isLoaded, load])
  return Loaded ? <Loaded {...props} /> : null
}
