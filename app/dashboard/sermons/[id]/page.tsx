import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { PausedNotice } from '#app/dashboard/_components/paused-notice.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { readEditableChapters } from '#lib/chapters/read-chapters.ts'
import { listClips } from '#lib/clips/find-clip.ts'
import { toApiClip } from '#lib/clips/to-api-clip.ts'
import { readCut } from '#lib/cuts/read-cut.ts'
import { AppError } from '#lib/errors.ts'
import { estimateDuration } from '#lib/runs/estimate-duration.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listEarlierTranscripts } from '#lib/sermons/list-earlier-transcripts.ts'
import { readProcessingTimes } from '#lib/sermons/read-processing-times.ts'
import { readTranscriptSummary } from '#lib/sermons/read-transcript-summary.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { ClipsPanel } from './_components/clips-panel.tsx'
import { SermonEditor } from './_components/sermon-editor.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('sermonEditor')
  return { title: t('title') }
}

/** What is read of the sermon. Another member may remove it at any moment, also while the page is read. */
async function orNotFound<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.reason === 'sermon.trashed') redirect('/dashboard/trash')
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}

export default async function SermonPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { actor, churchId, role } = await requirePageMember(`/dashboard/sermons/${id}`)
  if (!z.uuid().safeParse(id).success) notFound()
  const sermon = await orNotFound(() => findChurchSermon(services(), { id, churchId }))
  const { db, env } = services()
  const target = { sermonId: sermon.id }
  const estimate = (taskId: 'prepare-media' | 'transcribe') =>
    sermon.durationMs === null ? null : estimateDuration({ db }, { taskId, recordingMs: sermon.durationMs })
  const isBusy = Object.values(sermon.facets).some(
    ({ status }) => status === 'running' || status === 'pending',
  )
  return (
    <ClientMessages areas={['sermonEditor', 'earlierTranscripts', 'chapters', 'clips', 'cut']}>
      <div className={isBusy ? 'pt-6' : undefined}>
        <PausedNotice sermons={[sermon]} />
      </div>
      <SermonEditor
        key={sermon.id}
        sermons={[sermon]}
        times={await readProcessingTimes({ db }, target)}
        transcript={await readTranscriptSummary({ db }, target)}
        chapters={await readEditableChapters({ db }, target)}
        cut={
          sermon.facets.media.status === 'ready' && sermon.durationMs !== null
            ? await orNotFound(() => readCut({ db }, target))
            : null
        }
        earlierTranscripts={await listEarlierTranscripts({ db }, target)}
        estimates={{
          media: isBusy ? await estimate('prepare-media') : null,
          transcript: isBusy ? await estimate('transcribe') : null,
        }}
        canTranscribe={(await chooseTranscriber(env)) !== null}
        canEdit={role !== 'viewer'}
      >
        {sermon.isTextOnly ? null : (
          <ClipsPanel
            clips={(await orNotFound(() => listClips({ db }, { ...target, actor }))).map((found) =>
              toApiClip(found.clip, found),
            )}
            sermonHref={`/sermons/${sermon.slug}`}
            canEdit={role !== 'viewer'}
          />
        )}
      </SermonEditor>
    </ClientMessages>
  )
}
