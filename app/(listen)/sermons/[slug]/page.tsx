import type { Metadata } from 'next'
import Link from 'next/link'
import { currentActor } from '#app/_server/actor.ts'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { Artwork } from '#components/artwork/artwork.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readLanguage, readTranslations } from '#components/messages/read-translations.ts'
import { ChapterList } from '#components/sermon/chapter-list.tsx'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { SermonFacts } from '#components/sermon/sermon-facts.tsx'
import { titleSize } from '#components/sermon/title-size.ts'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { formatDuration } from '#components/ui/format-duration.ts'
import { Pill } from '#components/ui/pill.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { scopeOptionsOfSermon } from '#lib/ask/ask-scope-options.ts'
import { isMember } from '#lib/auth/actor.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { readChurchName } from '#lib/churches/read-church-name.ts'
import { readStartTime } from '#lib/listening/read-start-time.ts'
import { collectionPath } from '#lib/sermons/collection-kind.ts'
import { packTranscript } from '#lib/sermons/pack-transcript.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { readWaveform } from '#lib/sermons/read-waveform.ts'
import { AskSermonBox } from './_components/ask-sermon-box.tsx'
import { AskState, MediaState, TranscriptState } from './_components/facet-states.tsx'
import { findPageSermon } from './_components/find-page-sermon.ts'
import { KeepSermon } from './_components/keep-sermon.tsx'
import { LiveFacets } from './_components/live-facets.tsx'
import { ReadAlong } from './_components/read-along.tsx'
import { reducePeaks } from './_components/reduce-peaks.ts'
import { SermonCue } from './_components/sermon-cue.tsx'
import { sermonMetadata } from './_components/sermon-metadata.ts'
import { SermonStructuredData } from './_components/sermon-structured-data.tsx'
import { SermonTimeline } from './_components/sermon-timeline.tsx'

type Props = PageProps<'/sermons/[slug]'>

/** Bars of the waveform: enough for a desktop, and still separate on a phone. */
const BARS = 128

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const sermon = await findPageSermon((await params).slug)
  const { t: start } = await readPageQuery('/sermons/[slug]', searchParams)
  const facts = [
    sermon.speaker?.name,
    sermon.scripture,
    sermon.durationMs && formatDuration(sermon.durationMs, await readLanguage()),
  ]
  const description = sermon.description || facts.filter(Boolean).join(' · ')
  const church = await readChurchName(services(), sermon)
  return sermonMetadata(sermon, {
    description,
    siteName: church ?? 'Selah',
    startMs: readStartTime(start),
  })
}

export default async function SermonPage({ params, searchParams }: Props) {
  const sermon = await findPageSermon((await params).slug)
  const { t: start } = await readPageQuery('/sermons/[slug]', searchParams)
  const [t, stored, waveform, { chapters, source }, church, actor] = await Promise.all([
    readTranslations('sermon'),
    readTranscript(services(), { sermonId: sermon.id }),
    readWaveform(services(), { sermonId: sermon.id }),
    readChapters(services(), { sermonId: sermon.id }),
    // A sample was not preached in this church.
    sermon.isSample ? null : readChurchName(services(), { churchId: sermon.churchId }),
    currentActor(),
  ])
  const transcript = stored && packTranscript(stored)
  const canPlay = sermon.facets.media.status === 'ready'
  const startMs = readStartTime(start)
  const track = sermonTrack(sermon, reducePeaks(waveform ?? [], BARS), chapters)
  const canEdit = isMember(actor, sermon.churchId)
  const areChaptersDetected = source === 'detected'
  const canAsk = sermon.facets.index.status === 'ready'

  return (
    <div className="page pt-6 md:pt-10">
      <LiveFacets sermon={sermon} />
      <SermonStructuredData sermon={sermon} churchName={church} />
      {canPlay ? <SermonCue track={track} startMs={startMs} /> : null}

      <article>
        {/* The columns depend on the width in letters: with large text, Play is beside the picture and not below the title. */}
        <div className="@container">
          <header className="grid grid-cols-1 gap-6 @md:grid-cols-[240px_minmax(0,1fr)] @md:gap-10">
            <div className="flex items-end justify-between @md:items-start">
              <Artwork
                title={sermon.title}
                reference={sermon.scripture}
                family={sermon.series?.title ?? sermon.title}
                className="w-[160px] @md:w-[240px]"
              />
              {canPlay ? <PlaySermon track={track} sizePx={84} className="mr-2 mb-1 @md:hidden" /> : null}
            </div>
            <div className="flex min-w-0 flex-col justify-end @md:min-h-[240px]">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
                {sermon.series ? (
                  <Link
                    href={`/series/${sermon.series.slug}`}
                    {...textIn(sermon.language)}
                    className="font-medium text-accent underline-offset-4 hover:underline"
                  >
                    {sermon.series.title}
                  </Link>
                ) : null}
                {church ? (
                  <span {...textIn(null)} className="text-faint">
                    {church}
                  </span>
                ) : null}
                {sermon.publication !== 'published' ? <Pill>{t('teamOnly')}</Pill> : null}
                {sermon.isSample ? <Pill>{t('sample')}</Pill> : null}
              </div>
              <h1
                {...textIn(sermon.language)}
                className={`title mt-2 wrap-anywhere ${titleSize(sermon.title)}`}
              >
                {sermon.title}
              </h1>
              <SermonFacts sermon={sermon} linked className="mt-3 text-sm text-soft" />
              {sermon.topics.length > 0 ? (
                <ul aria-label={t('topics')} className="mt-2 flex flex-wrap gap-x-4 text-sm">
                  {sermon.topics.map(({ slug, name }) => (
                    <li key={slug} {...textIn(null)} className="wrap-anywhere">
                      <Link
                        href={collectionPath('topic', slug)}
                        prefetch={false}
                        className="inline-flex min-h-7 items-center text-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
                      >
                        {name}
                      </Link>
                    </li>
                  ))}
                </ul>
              ) : null}
              {canPlay ? (
                <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2 @md:mt-6">
                  <PlaySermon track={track} sizePx={84} className="mr-2 hidden @md:grid" />
                  <KeepSermon
                    track={track}
                    transcript={transcript}
                    areChaptersDetected={areChaptersDetected}
                  />
                </div>
              ) : null}
            </div>
          </header>
        </div>

        {sermon.isTextOnly ? null : (
          <section aria-label={t('listen')} className="mt-7 md:mt-8">
            {canPlay ? <SermonTimeline track={track} /> : <MediaState sermon={sermon} canEdit={canEdit} />}
          </section>
        )}

        <Tabs
          className="mt-8 md:mt-10"
          label={t('views')}
          tabs={[
            {
              value: 'transcript',
              label: t('transcriptTab'),
              panel: transcript ? (
                <ClientMessages areas={['suggest', 'share', 'clips', 'failures']}>
                  <ReadAlong
                    transcript={transcript}
                    track={canPlay ? track : null}
                    pageHref={track.pageHref}
                    language={sermon.language}
                    sermonId={sermon.id}
                    startMs={startMs}
                    isTextOnly={sermon.isTextOnly}
                  />
                </ClientMessages>
              ) : (
                <TranscriptState sermon={sermon} canEdit={canEdit} />
              ),
            },
            {
              value: 'ask',
              label: t('askTab'),
              panel: canAsk ? (
                <ClientMessages areas={['ask']}>
                  <AskSermonBox
                    options={scopeOptionsOfSermon(sermon)}
                    sermon={sermon}
                    idle={<p className="mt-5 max-w-prose text-sm text-faint">{t('askIntroduction')}</p>}
                  />
                </ClientMessages>
              ) : (
                <AskState sermon={sermon} canEdit={canEdit} />
              ),
            },
            ...(chapters.length > 0
              ? [
                  {
                    value: 'chapters',
                    label: t('chaptersTab'),
                    panel: (
                      <ChapterList
                        chapters={chapters}
                        isDetected={areChaptersDetected}
                        track={canPlay ? track : null}
                        language={sermon.language}
                      />
                    ),
                  },
                ]
              : []),
            ...(sermon.description
              ? [
                  {
                    value: 'notes',
                    label: t('notesTab'),
                    panel: (
                      <p {...readingIn(sermon.language)} className="reading whitespace-pre-line">
                        {sermon.description}
                      </p>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </article>
    </div>
  )
}
