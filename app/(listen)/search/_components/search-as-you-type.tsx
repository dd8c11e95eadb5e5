'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, startTransition, useEffect, useRef } from 'react'

const PAUSE_MS = 250

/** A search form that also searches while a person types. A newer search replaces an older one. */
export function SearchAsYouType({ className, children }: { className?: string; children: ReactNode }) {
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const own = form.current
    if (!own) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const search = () => {
      const entries = [...new FormData(own)].filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
      )
      const address = `/search?${new URLSearchParams(entries)}`
      startTransition(() => router.replace(address, { scroll: false }))
    }
    const onInput = (event: Event) => {
      clearTimeout(timer)
      timer = setTimeout(search, event.target instanceof HTMLSelectElement ? 0 : PAUSE_MS)
    }
    // The form itself then opens the page.
    const onSubmit = () => clearTimeout(timer)
    own.addEventListener('input', onInput)
    own.addEventListener('submit', onSubmit)
    return () => {
      clearTimeout(timer)
      own.removeEventListener('input', onInput)
      own.removeEventListener('submit', onSubmit)
    }
  }, [router])
  return (
    <form ref={form} action="/search" method="get" className={className}>
      {children}
    </form>
  )
}
