import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { currentActor } from '#app/_server/actor.ts'
import { PlayerRoot } from '#components/player/player-root.tsx'
import { Shell } from '#components/shell/shell.tsx'
import { Toaster } from '#components/ui/toaster.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Selah: listen, read along, ask', template: '%s · Selah' },
  description: 'Sermons to hear, to read along, and to ask: answers in the preacher’s own words.',
  applicationName: 'Selah',
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
  const actor = await currentActor()
  return (
    <html lang="en-GB">
      <body>
        <Shell isMember={(actor?.memberships.length ?? 0) > 0}>{children}</Shell>
        <PlayerRoot />
        <Toaster />
      </body>
    </html>
  )
}
