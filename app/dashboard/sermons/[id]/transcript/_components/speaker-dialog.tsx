'use client'

import { useId, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { LONGEST_SPEAKER } from '#lib/transcripts/longest-speaker.ts'

/** Asks who speaks from a paragraph on. `names` are those that the transcript has already. */
export function SpeakerDialog({
  current,
  names,
  onName,
  onClose,
}: {
  current: string | null
  names: readonly string[]
  /** Null: the person before continues. */
  onName: (name: string | null) => void
  onClose: () => void
}) {
  const t = useTranslations('transcriptEditor')
  const [name, setName] = useState(current ?? '')
  const formId = useId()
  const others = names.filter((other) => other !== name)
  const choose = (chosen: string | null) => {
    onName(chosen)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('speaker')}
      description={t('speakerText')}
      actions={
        <>
          {current === null ? (
            <DialogClose>
              <Button variant="quiet">{t('cancel')}</Button>
            </DialogClose>
          ) : (
            <Button variant="quiet" onClick={() => choose(null)}>
              {t('removeSpeaker')}
            </Button>
          )}
          <Button variant="primary" type="submit" form={formId} disabled={name.trim() === ''}>
            {t('nameSpeaker')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') choose(name.trim())
        }}
      >
        <TextField
          label={t('speakerName')}
          value={name}
          maxLength={LONGEST_SPEAKER}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        {others.length > 0 ? (
          <div className="mt-3 flex flex-wrap gap-2">
            {others.map((other) => (
              <Button key={other} size="sm" type="button" onClick={() => choose(other)}>
                {other}
              </Button>
            ))}
          </div>
        ) : null}
      </form>
    </Dialog>
  )
}
