import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { feedPath } from '#lib/feeds/feed-path.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { limitStart } from '#lib/sharing/limit-start.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'

/**
 * What other sites and search engines read of a sermon. A draft gives its title to the team alone. `siteName` is the
 * name of the church. A frame of another site begins at `startMs`.
 */
export function sermonMetadata(
  sermon: SermonView,
  { description, siteName, startMs }: { description: string; siteName: string; startMs: number | null },
): Metadata {
  const { title } = sermon
  if (sermon.publication !== 'published') return { title, description, robots: { index: false } }
  const start = limitStart(startMs, sermon.durationMs)
  const { page, cover, oembed } = sermonAddresses(sermon, services().env.SITE_URL, start)
  return {
    title,
    description,
    alternates: {
      canonical: page,
      types: {
        'application/json+oembed': [{ url: oembed, title }],
        'application/rss+xml': feedPath(
          sermon.series ? { kind: 'series', slug: sermon.series.slug } : { kind: 'church' },
        ),
      },
    },
    openGraph: {
      title,
      description,
      type: 'music.song',
      siteName,
      url: page,
      images: [{ url: cover, width: 1400, height: 1400 }],
    },
    twitter: { card: 'summary', title, description, images: [cover] },
  }
}
