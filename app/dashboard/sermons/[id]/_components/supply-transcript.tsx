'use client'

import { useState } from 'react'
import { ApiFailure, callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useDraft } from '#components/autosave/use-draft.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextAreaField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { ChooseOneFile } from './choose-one-file.tsx'

/** Uploads the pastor's own transcript: a file with or without times, or pasted text. Asks before it shifts times. */
export function SupplyTranscript({ sermonId, replaces }: { sermonId: string; replaces: boolean }) {
  const t = useTranslations('sermonEditor')
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const [text, setText] = useDraft(`transcript:${sermonId}`)
  const [late, setLate] = useState<File | null>(null)

  async function send(file: File, shift: 'none' | 'auto' = 'none') {
    setBusy(true)
    setError(null)
    setLate(null)
    const form = new FormData()
    form.set('file', file)
    try {
      await callApi('POST', `/api/v1/sermons/${sermonId}/transcript?shift=${shift}`, form)
      showToast(t('transcriptUploaded'))
      setOpen(false)
      setText('')
    } catch (failure) {
      setError(failureText(failure))
      if (failure instanceof ApiFailure && failure.code === 'transcript.late_times') {
        setLate(file)
        setOpen(false)
      }
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="flex flex-col gap-3">
      {error ? (
        <Notice tone="danger" live>
          {error}
        </Notice>
      ) : null}
      {late ? (
        <Button size="sm" busy={busy} onClick={() => void send(late, 'auto')}>
          {t('shiftTimes')}
        </Button>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <ChooseOneFile
          accept=".vtt,.srt,.sbv,.tsv,.csv,.lrc,.ass,.ssa,.json,.docx,.odt,.txt,text/vtt,text/plain"
          busy={busy}
          onChoose={(file) => void send(file)}
        >
          {t(replaces ? 'replaceTranscript' : 'uploadTranscript')}
        </ChooseOneFile>
        <Dialog
          wide
          title={t('pasteTranscript')}
          description={t('pasteTranscriptText')}
          open={open}
          onOpenChange={setOpen}
          trigger={
            <Button size="sm" variant="quiet">
              {t('pasteText')}
            </Button>
          }
          actions={
            <>
              <DialogClose>
                <Button>{t('cancel')}</Button>
              </DialogClose>
              <Button
                variant="primary"
                busy={busy}
                disabled={text.trim() === ''}
                onClick={() => void send(new File([text], 'pasted.txt', { type: 'text/plain' }))}
              >
                {t('useTranscript')}
              </Button>
            </>
          }
        >
          <TextAreaField
            label={t('transcript')}
            hideLabel
            rows={12}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Dialog>
      </div>
      <p className="text-xs text-faint">{t('transcriptFormats')}</p>
    </div>
  )
}
