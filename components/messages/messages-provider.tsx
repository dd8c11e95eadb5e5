'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { IntlProvider } from 'use-intl/react'
import type { Messages } from '#lib/messages/languages.ts'

const MessagesAbove = createContext<Partial<Messages>>({})

/** Adds `messages` to those of the providers above it. Pages use `ClientMessages`; tests use this one. */
export function MessagesProvider({
  language,
  messages,
  children,
}: {
  /** A BCP 47 tag. */
  language: string
  messages: Partial<Messages>
  children: ReactNode
}) {
  const above = useContext(MessagesAbove)
  const all = useMemo(() => ({ ...above, ...messages }), [above, messages])
  return (
    <MessagesAbove value={all}>
      {/* Messages format no dates, so the time zone only keeps the library from asking the environment. */}
      <IntlProvider locale={language} messages={all} timeZone="UTC">
        {children}
      </IntlProvider>
    </MessagesAbove>
  )
}
