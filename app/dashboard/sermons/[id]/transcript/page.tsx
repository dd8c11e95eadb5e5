import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { AppError } from '#lib/errors.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listTranscriptVersions } from '#lib/sermons/list-transcript-versions.ts'
import { readTranscriptRow } from '#lib/sermons/read-transcript.ts'
import { listSuggestions } from '#lib/sermons/review-suggestions.ts'
import { toApiTranscript } from '#lib/sermons/to-api-transcript.ts'
import { TranscriptEditor } from './_components/transcript-editor.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('transcriptEditor')
  return { title: t('title') }
}

async function findOrNotFound(id: string, churchId: string) {
  if (!z.uuid().safeParse(id).success) notFound()
  try {
    return await findChurchSermon(services(), { id, churchId })
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}

export default async function TranscriptPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const path = `/dashboard/sermons/${id}`
  const { churchId, role } = await requirePageMember(`${path}/transcript`)
  const sermon = await findOrNotFound(id, churchId)
  if (role === 'viewer') redirect(path)
  const target = { sermonId: sermon.id }
  const [t, row, shown, versions, suggestions] = await Promise.all([
    readTranslations('transcriptEditor'),
    readTranscriptRow(services(), target),
    readChapters(services(), target),
    listTranscriptVersions(services(), target),
    listSuggestions(services(), target),
  ])
  if (!row) {
    return (
      <EmptyState level={1} title={t('none')} action={<ButtonLink href={path}>{t('back')}</ButtonLink>}>
        {t('noneText')}
      </EmptyState>
    )
  }
  return (
    <ClientMessages areas={['transcriptEditor', 'failures']}>
      <TranscriptEditor
        sermon={{ id: sermon.id, title: sermon.title, path }}
        track={sermon.facets.media.status === 'ready' ? sermonTrack(sermon, [], shown.chapters) : null}
        isTextOnly={sermon.isTextOnly}
        transcript={toApiTranscript(row, shown)}
        versions={versions}
        suggestions={suggestions}
      />
    </ClientMessages>
  )
}
