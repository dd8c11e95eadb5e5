'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useDraftOwner } from '#components/autosave/draft-owner.tsx'
import { SaveStatus } from '#components/autosave/save-status.tsx'
import { useAutosave } from '#components/autosave/use-autosave.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { openSermonAutosave } from '#components/upload/sermon-autosave.ts'
import { SermonForm } from '#components/upload/sermon-form.tsx'
import { useUploads } from '#components/upload/upload-provider.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { type SermonFields, writeTopics } from '#lib/sermons/sermon-fields.ts'
import { useTopicSuggestions } from './use-topic-suggestions.ts'

const fieldsOf = (sermon: SermonView): SermonFields => ({
  title: sermon.title,
  speaker: sermon.speaker?.name ?? '',
  series: sermon.series?.title ?? '',
  topics: writeTopics(sermon.topics.map(({ name }) => name)),
  scripture: sermon.scripture,
  preachedOn: sermon.preachedOn ?? '',
  description: sermon.description,
  language: sermon.language,
})

/** The details of a sermon, saved while they are typed. */
export function SermonDetails({ sermon, canEdit }: { sermon: SermonView; canEdit: boolean }) {
  const { known } = useUploads()
  if (canEdit) return <EditableDetails sermon={sermon} />
  return <SermonForm fields={fieldsOf(sermon)} known={known} disabled isWhole onChange={ignore} />
}

const ignore = () => undefined

function EditableDetails({ sermon }: { sermon: SermonView }) {
  const t = useTranslations('sermonEditor')
  const router = useRouter()
  const { known } = useUploads()
  const owner = useDraftOwner()
  const [autosave] = useState(() =>
    openSermonAutosave(owner, sermon.id, { fields: fieldsOf(sermon), version: sermon.updatedAt }),
  )
  const { fields, state } = useAutosave(autosave)
  const suggestedTopics = useTopicSuggestions(sermon)

  useEffect(() => autosave.accept(fieldsOf(sermon), sermon.updatedAt), [autosave, sermon])
  const isSaved = state.kind === 'saved'
  useEffect(() => {
    // The page shows the title and the known names as the server has them.
    if (isSaved) router.refresh()
  }, [isSaved, router])

  return (
    <form onSubmit={(event) => event.preventDefault()} aria-label={t('details')}>
      <SermonForm
        fields={fields}
        known={known}
        isWhole
        suggestedTopics={suggestedTopics}
        onChange={(patch) => autosave.edit(patch)}
      />
      <SaveStatus state={state} onKeep={() => autosave.keepMine()} onDiscard={() => autosave.discard()} />
    </form>
  )
}
