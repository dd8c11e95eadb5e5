import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { currentActor } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { ClipActions } from '#components/clips/clip-actions.tsx'
import { ClipPlayer } from '#components/clips/clip-player.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { SermonFacts } from '#components/sermon/sermon-facts.tsx'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { readChurchName } from '#lib/churches/read-church-name.ts'
import { findVisibleClip } from '#lib/clips/find-clip.ts'
import { toApiClip } from '#lib/clips/to-api-clip.ts'
import { AppError } from '#lib/errors.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'

type Props = PageProps<'/clips/[id]'>

const findPageClip = cache(async (id: string) => {
  try {
    const found = await findVisibleClip(services(), { id, actor: await currentActor() })
    return { clip: toApiClip(found.clip, found), sermon: found.sermon }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { clip, sermon } = await findPageClip((await params).id)
  const { title } = sermon
  const description = clip.text
  // The sermon is what search engines should find.
  const robots = { index: false }
  if (sermon.publication !== 'published') return { title, description, robots }
  const site = services().env.SITE_URL
  const siteName = (await readChurchName(services(), sermon)) ?? 'Selah'
  const file = new URL(clip.file, site).href
  return {
    title,
    description,
    robots,
    openGraph: {
      ...{ title, description, type: 'video.other', siteName, url: new URL(clip.page, site).href },
      images: [{ url: sermonAddresses(sermon, site).cover, width: 1400, height: 1400 }],
      ...(clip.shape === 'audio' ? { audio: [file] } : { videos: [{ url: file, type: 'video/mp4' }] }),
    },
  }
}

/** A clip to watch and pass on, with its sermon. */
export default async function ClipPage({ params }: Props) {
  const { clip, sermon } = await findPageClip((await params).id)
  const t = await readTranslations('clips')
  return (
    <div className="page pt-6 md:pt-10">
      <h1 {...textIn(sermon.language)} className="title text-2xl wrap-anywhere md:text-3xl">
        {sermon.title}
      </h1>
      <SermonFacts sermon={sermon} linked className="mt-2 text-sm text-soft" />
      {sermon.publication === 'published' ? null : <p className="mt-3 text-sm text-soft">{t('teamOnly')}</p>}
      {clip.status === 'ready' ? (
        <div className="mt-6">
          <ClipPlayer clip={clip} language={sermon.language} label={sermon.title} />
        </div>
      ) : (
        <p className="mt-6">
          <Pill tone="warn">{t(clip.status === 'outdated' ? 'statusOutdated' : 'statusPending')}</Pill>
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {clip.status === 'ready' ? (
          <ClientMessages areas={['clips']}>
            <ClipActions clip={clip} />
          </ClientMessages>
        ) : null}
        <ButtonLink size="sm" href={`/sermons/${sermon.slug}?t=${clip.startMs / 1000}`}>
          {t('listen')}
        </ButtonLink>
      </div>
      <blockquote className="mt-8 max-w-prose">
        <p {...readingIn(sermon.language)} className="reading">
          {clip.text}
        </p>
      </blockquote>
      {clip.draft ? (
        <p className="mt-3">
          <Pill tone="warn">{t('draft')}</Pill>
        </p>
      ) : null}
      <p className="mt-4 text-sm text-soft">
        {t('from')}{' '}
        <Link href={`/sermons/${sermon.slug}`} {...textIn(sermon.language)} className="text-accent underline">
          {sermon.title}
        </Link>
      </p>
    </div>
  )
}
