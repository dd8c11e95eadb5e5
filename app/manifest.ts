import type { MetadataRoute } from 'next'
import { readMessages } from '#lib/messages/read-messages.ts'

/** What a phone needs to install Selah: served at `/manifest.webmanifest`. */
export default function manifest(): MetadataRoute.Manifest {
  const { shell } = readMessages('en')
  return {
    id: '/',
    name: shell.productTitle,
    short_name: 'Selah',
    description: shell.productDescription,
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
