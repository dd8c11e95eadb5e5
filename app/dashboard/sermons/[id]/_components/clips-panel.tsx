'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { ClipActions } from '#components/clips/clip-actions.tsx'
import type { Clip } from '#components/clips/clip-schema.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { formatClock } from '#components/ui/format-duration.ts'
import { Pill } from '#components/ui/pill.tsx'

/** The clips of a sermon, with what is wrong with each. */
export function ClipsPanel({
  clips,
  sermonHref,
  canEdit,
}: {
  clips: readonly Clip[]
  sermonHref: string
  canEdit: boolean
}) {
  const t = useTranslations('clips')
  return (
    <section aria-labelledby="clips" className="rounded-card border border-line bg-raised p-5 md:p-6">
      <h2 id="clips" className="title text-lg">
        {t('title')}
      </h2>
      {clips.length === 0 ? (
        <p className="mt-2 text-sm text-soft">
          {t('none')}{' '}
          <Link href={sermonHref} className="text-accent underline">
            {t('openSermon')}
          </Link>
        </p>
      ) : (
        <ul className="mt-3 flex flex-col divide-y divide-line">
          {clips.map((clip) => (
            <ClipRow key={clip.id} clip={clip} canEdit={canEdit} />
          ))}
        </ul>
      )}
    </section>
  )
}

function ClipRow({ clip, canEdit }: { clip: Clip; canEdit: boolean }) {
  const t = useTranslations('clips')
  const router = useRouter()
  const failureText = useFailureText()
  const [failure, setFailure] = useState<string | null>(null)
  async function remove() {
    try {
      await callApi('DELETE', `/api/v1/clips/${clip.id}`)
      router.refresh()
    } catch (error) {
      setFailure(failureText(error))
    }
  }
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <span className="figures text-faint">{formatClock(clip.startMs)}</span>
        <span className="font-medium">{t(clip.shape)}</span>
        {clip.status === 'pending' ? <Pill>{t('statusPending')}</Pill> : null}
        {clip.status === 'running' ? <Pill>{t('statusRunning', { progress: clip.progress })}</Pill> : null}
        {clip.status === 'failed' ? <Pill tone="danger">{t('statusFailed')}</Pill> : null}
        {clip.status === 'outdated' ? <Pill tone="warn">{t('statusOutdated')}</Pill> : null}
        <span dir="auto" className="min-w-0 flex-1 basis-56 truncate text-soft">
          {clip.text}
        </span>
        <span className="flex flex-wrap gap-2">
          {clip.status === 'ready' ? (
            <>
              <Link href={clip.page} className="inline-flex min-h-9 items-center text-accent underline">
                {t('open')}
              </Link>
              <ClipActions clip={clip} />
            </>
          ) : null}
          {canEdit ? (
            <ConfirmDialog
              title={t('deleteTitle')}
              description={t('deleteText')}
              keep={t('keep')}
              confirm={t('delete')}
              onConfirm={remove}
              trigger={
                <Button size="sm" variant="quiet">
                  {t('delete')}
                </Button>
              }
            />
          ) : null}
        </span>
      </div>
      {clip.status === 'outdated' ? <p className="mt-1 text-xs text-soft">{t('outdatedText')}</p> : null}
      {clip.status === 'failed' && clip.error ? <p className="mt-1 text-xs text-soft">{clip.error}</p> : null}
      <p role="status" className="text-xs text-danger">
        {failure}
      </p>
    </li>
  )
}
