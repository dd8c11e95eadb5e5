import type { Metadata } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { cache } from 'react'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { feedPath } from '#lib/feeds/feed-path.ts'
import { findForwardedSlug } from '#lib/sermons/collections.ts'
import { countPublishedSermons, listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { SermonCollection } from '../../_components/sermon-collection.tsx'

type Props = PageProps<'/speakers/[slug]'>

const PAGE_SIZE = 60

const readPage = cache(async (slug: string, cursor: string | undefined) => {
  const page = await listPublishedSermons(services(), { limit: PAGE_SIZE, cursor, speakerSlug: slug })
  const name = page.sermons[0]?.speaker?.name
  if (!name) {
    const forwarded = await findForwardedSlug(services(), { kind: 'speaker', slug })
    if (forwarded === null) notFound()
    permanentRedirect(`/speakers/${forwarded}`)
  }
  const total = await countPublishedSermons(services(), { speakerSlug: slug })
  return { ...page, name, total }
})

async function readProps({ params, searchParams }: Props) {
  const [{ slug }, { after }] = await Promise.all([params, searchParams])
  return { slug, page: await readPage(slug, typeof after === 'string' ? after : undefined) }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [t, { slug, page }] = await Promise.all([readTranslations('sermon'), readProps(props)])
  return {
    title: page.name,
    description: t('speakerDescription', { name: page.name }),
    alternates: {
      canonical: `${services().env.SITE_URL.replace(/\/$/, '')}/speakers/${slug}`,
      types: { 'application/rss+xml': feedPath({ kind: 'speaker', slug }) },
    },
  }
}

export default async function SpeakerPage(props: Props) {
  const { slug, page } = await readProps(props)
  return (
    <SermonCollection
      kind="speaker"
      name={page.name}
      sermons={page.sermons}
      total={page.total}
      feedHref={feedPath({ kind: 'speaker', slug })}
      nextHref={page.next ? `/speakers/${slug}?after=${encodeURIComponent(page.next)}` : null}
    />
  )
}
