'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { formatClock } from '#components/ui/format-duration.ts'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { ApiCut } from '#lib/cuts/read-cut.ts'
import { CutChooser } from './cut-chooser.tsx'
import { readCutAnswer } from './read-cut-answer.ts'

const POLL_MS = 2000

/** Which part of the recording is published, and how to change that. */
export function CutPanel({
  sermonId,
  cut: loaded,
  canEdit,
}: {
  sermonId: string
  cut: ApiCut
  canEdit: boolean
}) {
  const t = useTranslations('cut')
  const failureText = useFailureText()
  const router = useRouter()
  const [fresh, setFresh] = useState<{ of: ApiCut; cut: ApiCut } | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const cut = fresh?.of === loaded ? fresh.cut : loaded
  const address = `/api/v1/sermons/${sermonId}/cut`
  const { published, requested, proposal } = cut
  const isPreparing = requested !== null && requested.error === null
  const isPending = isPreparing || (isOpen && proposal?.state === 'pending')

  useEffect(() => {
    if (!isPending) return
    const timer = setInterval(() => {
      callApi('GET', address).then(
        (answer) => {
          const next = readCutAnswer(answer)
          setFresh({ of: loaded, cut: next })
          // Everything with a time has changed.
          if (isPreparing && !next.requested) router.refresh()
        },
        // The next one may be answered.
        () => undefined,
      )
    }, POLL_MS)
    return () => clearInterval(timer)
  }, [isPending, isPreparing, address, loaded, router])

  const send = async (
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: { startMs: number; endMs: number },
  ): Promise<boolean> => {
    setBusy(true)
    setFailure(null)
    try {
      setFresh({ of: loaded, cut: readCutAnswer(await callApi(method, path, body)) })
      return true
    } catch (error) {
      setFailure(failureText(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  const open = () => {
    setOpen(true)
    if (proposal === null || proposal.state === 'failed') void send('POST', `${address}/proposal`)
  }
  const publish = async (part: { startMs: number; endMs: number }) => {
    if (!(await send('PUT', address, part))) return
    setOpen(false)
    showToast(t('requested'))
  }
  const restoreWhole = async () => {
    if (!(await send('DELETE', address))) return
    setOpen(false)
    showToast(t('wholeAgain'))
    router.refresh()
  }
  const cancel = () => send(published ? 'PUT' : 'DELETE', address, published ?? undefined)
  const times = (part: { startMs: number; endMs: number }) => ({
    start: formatClock(part.startMs),
    end: formatClock(part.endMs),
  })

  return (
    <Panel title={t('title')}>
      <p className="text-sm text-soft">{published ? t('part', times(published)) : t('whole')}</p>
      {isPreparing ? (
        <div className="mt-4 flex flex-col gap-2 text-sm">
          <p>{t('preparing', times(requested))}</p>
          <ProgressBar value={requested.progress} label={t('progress')} />
        </div>
      ) : null}
      {isOpen && !isPreparing ? (
        <CutChooser
          cut={cut}
          soundUrl={`${address}/sound`}
          busy={busy}
          onPublish={publish}
          onClose={() => setOpen(false)}
        />
      ) : null}
      {failure || requested?.error ? (
        <Notice tone="danger" live className="mt-4">
          {failure ?? requested?.error}
        </Notice>
      ) : null}
      {canEdit && !isOpen && !isPreparing ? (
        <div className="mt-4 flex flex-wrap gap-2.5">
          <Button size="sm" onClick={open}>
            {t(published ? 'change' : 'choose')}
          </Button>
          {published ? (
            <Button size="sm" variant="quiet" busy={busy} onClick={restoreWhole}>
              {t('useWhole')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {canEdit && isPreparing ? (
        <Button size="sm" variant="quiet" className="mt-3" busy={busy} onClick={cancel}>
          {t('cancel')}
        </Button>
      ) : null}
    </Panel>
  )
}
