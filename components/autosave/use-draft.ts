'use client'

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useDraftOwner } from './draft-owner.tsx'
import { textDraft } from './draft-storage.ts'

type LiveText = {
  subscribe(listener: () => void): () => void
  get(): string
  set(text: string): void
  wouldLose(): boolean
}

function liveText(owner: string, name: string): LiveText {
  const draft = textDraft(owner, name)
  const listeners = new Set<() => void>()
  let text: string | null = null
  let isKept = true
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get() {
      text ??= draft.read()
      return text
    },
    set(next) {
      text = next
      isKept = draft.write(next)
      for (const listener of listeners) listener()
    },
    wouldLose: () => !isKept && text !== '',
  }
}

/**
 * The text of a field that a button sends. It is stored in this browser until it is set to the empty text, so
 * that leaving the page, a reload and a closed tab lose nothing.
 */
export function useDraft(name: string): [text: string, setText: (text: string) => void] {
  const owner = useDraftOwner()
  const [live] = useState(() => liveText(owner, name))
  const text = useSyncExternalStore(
    live.subscribe,
    live.get,
    // The server cannot read the storage of this browser.
    () => '',
  )
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (live.wouldLose()) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [live])
  return [text, useCallback((next: string) => live.set(next), [live])]
}
