'use client'

import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { TextField } from '#components/ui/field.tsx'

const afterTypingMs = 250

/** Filters the list by the typed text; the filter is in the address, so it can be bookmarked and shared. */
export function SermonFilter({ text }: { text: string }) {
  const t = useTranslations('dashboard')
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [value, setValue] = useState(text)
  const [applied, setApplied] = useState(text)
  // Changed by something else than typing, such as a link: the field must show the new filter.
  if (text !== applied && !isPending) {
    setApplied(text)
    setValue(text)
  }
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])

  function filter(typed: string) {
    setValue(typed)
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const trimmed = typed.trim()
      startTransition(() => {
        setApplied(trimmed)
        router.replace(trimmed ? `/dashboard?q=${encodeURIComponent(trimmed)}` : '/dashboard')
      })
    }, afterTypingMs)
  }

  return (
    <search className="relative order-last w-full sm:order-none sm:w-72" aria-busy={isPending}>
      <form action="/dashboard">
        <Search
          aria-hidden
          size={17}
          className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-faint"
        />
        <TextField
          label={t('filterLabel')}
          hideLabel
          type="search"
          name="q"
          placeholder={t('filterExample')}
          value={value}
          maxLength={100}
          onChange={(event) => filter(event.currentTarget.value)}
          className="pl-10 text-sm!"
        />
      </form>
    </search>
  )
}
