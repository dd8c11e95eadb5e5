import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { currentActor } from '#app/_server/actor.ts'
import { currentChurch } from '#app/_server/church.ts'
import { BookmarkButton } from '#components/library/bookmark-button.tsx'
import { LibraryRoot } from '#components/library/library-root.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readLanguage, readTranslations } from '#components/messages/read-translations.ts'
import { OfflineRoot } from '#components/offline/offline-root.tsx'
import { PlayerRoot } from '#components/player/player-root.tsx'
import { Shell } from '#components/shell/shell.tsx'
import { Toaster } from '#components/ui/toaster.tsx'
import { homeOf } from '#lib/auth/actor.ts'
import { preloadFonts } from './fonts/preload-fonts.ts'
import './globals.css'

export async function generateMetadata(): Promise<Metadata> {
  const [t, church] = await Promise.all([readTranslations('shell'), currentChurch()])
  return {
    title: { default: t('productTitle'), template: `%s · ${church?.name ?? 'Selah'}` },
    description: t('productDescription'),
    applicationName: 'Selah',
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f0' },
    { media: '(prefers-color-scheme: dark)', color: '#161210' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  preloadFonts()
  const [actor, language] = await Promise.all([currentActor(), readLanguage()])
  const listenerId = actor?.userId ?? null
  return (
    <html lang={language}>
      <body>
        <ClientMessages areas={['common', 'errors', 'failures', 'player', 'offline']}>
          <Shell
            visitor={actor === null ? 'anonymous' : homeOf(actor) === '/dashboard' ? 'member' : 'listener'}
          >
            {children}
          </Shell>
          <PlayerRoot listenerId={listenerId} tools={<BookmarkButton />} />
          <OfflineRoot />
          <LibraryRoot listenerId={listenerId} />
          <Toaster />
        </ClientMessages>
      </body>
    </html>
  )
}
