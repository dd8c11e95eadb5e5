import type { MetadataRoute } from 'next'
import { currentChurch } from '#app/_server/church.ts'
import { readMessages } from '#lib/messages/read-messages.ts'

// The name is that of the church, which can change.
export const dynamic = 'force-dynamic'

/** What a phone needs to install the church's sermons as an app: served at `/manifest.webmanifest`. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { shell } = readMessages('en')
  const church = await currentChurch()
  return {
    id: '/',
    name: church?.name ?? shell.productTitle,
    short_name: church?.name ?? 'Selah',
    description: church?.description || shell.productDescription,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#faf7f0',
    theme_color: '#faf7f0',
    categories: ['education', 'lifestyle'],
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
}
