'use client'

import { Replace } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { canFindWords, findHits, replaceHits } from './find-hits.ts'
import type { Paragraph } from './transcript-document.ts'

const CONTEXT = 28
const MOST_SHOWN = 50

/** Finds a text in the transcript, previews each replacement, and replaces all of them. */
export function FindAndReplace({
  paragraphs,
  language,
  onReplace,
}: {
  paragraphs: readonly Paragraph[]
  /** That of the transcript. */
  language: string
  onReplace: (texts: Record<string, string>) => void
}) {
  const t = useTranslations('transcriptEditor')
  const [isOpen, setIsOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  const [replacement, setReplacement] = useState('')
  const [wholeWords, setWholeWords] = useState(false)
  const hits = isOpen ? findHits(paragraphs, wanted, { wholeWords, language }) : []
  return (
    <Dialog
      wide
      title={t('findAndReplace')}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button size="sm" variant="quiet" icon={<Replace aria-hidden size={15} />}>
          {t('findAndReplace')}
        </Button>
      }
      actions={
        <>
          <DialogClose>
            <Button variant="quiet">{t('cancel')}</Button>
          </DialogClose>
          <Button
            variant="primary"
            disabled={hits.length === 0}
            onClick={() => {
              onReplace(replaceHits(hits, replacement))
              setIsOpen(false)
            }}
          >
            {t('replaceAll', { count: hits.length })}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField label={t('find')} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        <TextField
          label={t('replaceWith')}
          value={replacement}
          onChange={(event) => setReplacement(event.target.value)}
        />
      </div>
      {canFindWords() ? (
        <label className="mt-2 flex min-h-11 w-fit items-center gap-3 text-sm">
          <input
            type="checkbox"
            checked={wholeWords}
            onChange={(event) => setWholeWords(event.target.checked)}
            className="size-5 accent-accent"
          />
          {t('wholeWords')}
        </label>
      ) : null}
      <p role="status" className="mt-2 text-sm text-soft">
        {wanted === '' ? t('findHint') : t('hits', { count: hits.length })}
      </p>
      <ul className="mt-2 flex max-h-64 flex-col gap-1.5 overflow-y-auto text-sm">
        {hits.slice(0, MOST_SHOWN).map(({ key, start, end, text }) => (
          <li key={`${key} ${start}`} className="wrap-anywhere">
            {start > CONTEXT ? '…' : ''}
            {text.slice(Math.max(0, start - CONTEXT), start)}
            <del className="text-danger">{text.slice(start, end)}</del>
            {replacement ? <ins className="ml-1 text-ok no-underline">{replacement}</ins> : null}
            {text.slice(end, end + CONTEXT)}
            {end + CONTEXT < text.length ? '…' : ''}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
