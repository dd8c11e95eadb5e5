'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useState } from 'react'
import { callApi, sentenceFor } from '#components/api/call-api.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonFields } from '#components/upload/sermon-fields.ts'
import { SermonForm } from '#components/upload/sermon-form.tsx'
import { useUploads } from '#components/upload/upload-provider.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

const fieldsOf = (sermon: SermonView): SermonFields => ({
  title: sermon.title,
  speaker: sermon.speaker?.name ?? '',
  series: sermon.series?.title ?? '',
  scripture: sermon.scripture,
  preachedOn: sermon.preachedOn ?? '',
  description: sermon.description,
})

/** What is said of a sermon, to be changed and saved. Leaving with changes unsaved asks first. */
export function SermonDetails({ sermon, canEdit }: { sermon: SermonView; canEdit: boolean }) {
  const router = useRouter()
  const { known } = useUploads()
  const [fields, setFields] = useState(() => fieldsOf(sermon))
  const [saved, setSaved] = useState(fields)
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState<string | null>(null)
  const isChanged = JSON.stringify(fields) !== JSON.stringify(saved)

  useEffect(() => {
    if (!isChanged) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isChanged])

  async function save(event: FormEvent) {
    event.preventDefault()
    if (fields.title.trim() === '') return
    setBusy(true)
    setMessage(null)
    try {
      await callApi('PATCH', `/api/v1/sermons/${sermon.id}`, {
        ...fields,
        preachedOn: fields.preachedOn || null,
      })
      setSaved(fields)
      showToast('Saved.')
      router.refresh()
    } catch (error) {
      setMessage(sentenceFor(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={save} aria-label="Details">
      <SermonForm
        fields={fields}
        known={known}
        disabled={!canEdit}
        withDescription
        onChange={(patch) => setFields({ ...fields, ...patch })}
      />
      {message ? (
        <Notice tone="danger" live className="mt-4">
          {message}
        </Notice>
      ) : null}
      {canEdit ? (
        <div className="mt-5 flex items-center gap-2.5">
          <Button
            type="submit"
            variant="primary"
            busy={busy}
            disabled={!isChanged || fields.title.trim() === ''}
          >
            Save
          </Button>
          {isChanged && !busy ? (
            <Button variant="quiet" onClick={() => setFields(saved)}>
              Undo changes
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  )
}
