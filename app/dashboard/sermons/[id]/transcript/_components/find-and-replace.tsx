'use client'

import { Replace } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import type { Paragraph } from './transcript-document.ts'

const CONTEXT = 28
const MOST_SHOWN = 50

type Hit = { key: string; start: number; end: number; text: string }

/** Finds every occurrence of a text, without regard to case. */
export function findHits(paragraphs: readonly Paragraph[], wanted: string): Hit[] {
  if (wanted === '') return []
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu')
  return paragraphs.flatMap(({ key, text }) =>
    [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
      key,
      start: index,
      end: index + found.length,
      text,
    })),
  )
}

/** The paragraphs with every hit replaced. */
export function replaceHits(hits: readonly Hit[], replacement: string): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const { key, start, end, text } of hits.toReversed()) {
    const current = texts[key] ?? text
    texts[key] = current.slice(0, start) + replacement + current.slice(end)
  }
  return texts
}

/** Finds a text in the transcript, previews each replacement, and replaces all of them. */
export function FindAndReplace({
  paragraphs,
  onReplace,
}: {
  paragraphs: readonly Paragraph[]
  onReplace: (texts: Record<string, string>) => void
}) {
  const t = useTranslations('transcriptEditor')
  const [isOpen, setIsOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  const [replacement, setReplacement] = useState('')
  const hits = isOpen ? findHits(paragraphs, wanted) : []
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
      <p role="status" className="mt-4 text-sm text-soft">
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
