import type { ReactNode } from 'react'
import type { Namespace } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { MessagesProvider } from './messages-provider.tsx'
import { readLanguage } from './read-translations.ts'

/**
 * Gives the client components below the messages of `areas`, in addition to those of a layout above.
 * Every area named here is sent with the page: name only what client components use.
 */
export async function ClientMessages({
  areas,
  children,
}: {
  areas: readonly Namespace[]
  children: ReactNode
}) {
  const language = await readLanguage()
  const messages = readMessages(language)
  return (
    <MessagesProvider
      language={language}
      messages={Object.fromEntries(areas.map((area) => [area, messages[area]]))}
    >
      {children}
    </MessagesProvider>
  )
}
