import type { Metadata } from 'next'
import Image from 'next/image'
import { requirePageMember } from '#app/_server/actor.ts'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { ImageField } from '#components/dashboard/image-field.tsx'
import { Panel } from '#components/dashboard/panel.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { coverPath } from '#lib/artwork/artwork-address.ts'
import { checkFeed, checkFeedAddress } from '#lib/feeds/check-feed.ts'
import { fetchWithTimeout } from '#lib/feeds/feed-fetch.ts'
import { churchCoverVersion, findFeedChurch } from '#lib/feeds/podcast-settings.ts'
import { readDownloads } from '#lib/listening/downloads.ts'
import { DownloadFigures } from './_components/download-figures.tsx'
import { FeedCheck } from './_components/feed-check.tsx'
import { PodcastApps } from './_components/podcast-apps.tsx'
import { PodcastForm } from './_components/podcast-form.tsx'

const PATH = '/dashboard/podcast'
/** Each takes two requests, and the page waits for them. */
const CHECKED_EPISODES = 10

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('podcast')
  return { title: t('title') }
}

export default async function PodcastPage({ searchParams }: PageProps<'/dashboard/podcast'>) {
  const { churchId, role } = await requirePageMember(PATH)
  const { db, env } = services()
  const feedUrl = new URL('/feeds/podcast.xml', env.SITE_URL).href
  const isCheck = (await readPageQuery('/dashboard/podcast', searchParams)).check !== undefined
  const [t, church, downloads, report] = await Promise.all([
    readTranslations('podcast'),
    findFeedChurch({ db }, { churchId }),
    readDownloads({ db, now: () => new Date() }, { churchId }),
    isCheck ? checkFeed({ fetch: fetchWithTimeout }, { url: feedUrl, maxEpisodes: CHECKED_EPISODES }) : null,
  ])
  if (!church) return null
  const canEdit = role === 'owner'
  return (
    <ClientMessages areas={['podcast']}>
      <h1 className="title pt-8 pb-2 text-2xl">{t('title')}</h1>
      <p className="max-w-prose pb-6 text-base text-soft">{t('introduction')}</p>
      <div className="flex max-w-3xl flex-col gap-6">
        <Panel title={t('feedAddress')}>
          <p className="text-sm wrap-anywhere">
            <a href="/feeds/podcast.xml" className="text-accent underline underline-offset-4">
              {feedUrl}
            </a>
          </p>
          {checkFeedAddress(feedUrl).map(({ code, message, advice }) => (
            <Notice key={code} tone="warn" title={message} className="mt-3">
              {advice}
            </Notice>
          ))}
        </Panel>
        <Panel title={t('check')}>
          <p className="text-sm text-soft">{t('checkText')}</p>
          <p className="mt-3">
            <ButtonLink href={`${PATH}?check=1`} prefetch={false}>
              {t('checkNow')}
            </ButtonLink>
          </p>
          {report ? <FeedCheck report={report} /> : null}
        </Panel>
        <Panel title={t('downloads')}>
          <DownloadFigures downloads={downloads} />
        </Panel>
        <Panel title={t('settings')}>
          <ImageField
            path="/api/v1/podcast/cover"
            text={t(church.hasCover ? 'coverOwn' : 'coverGenerated')}
            choose={t('chooseCover')}
            remove={church.hasCover ? t('removeCover') : null}
            canEdit={canEdit}
          >
            <Image
              src={coverPath('church', churchId, churchCoverVersion(church))}
              alt={t('cover')}
              width={144}
              height={144}
              className="size-36 rounded-card"
            />
          </ImageField>
          <div className="mt-6">
            <PodcastForm settings={church.podcast} about={church.about} canEdit={canEdit} />
          </div>
        </Panel>
        <Panel title={t('apps')}>
          <PodcastApps />
        </Panel>
      </div>
    </ClientMessages>
  )
}
