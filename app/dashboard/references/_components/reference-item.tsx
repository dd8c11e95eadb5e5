'use client'

import Link from 'next/link'
import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { DoubtfulReference } from '#lib/scripture/review-references.ts'
import { decideReferenceAction } from '../decide-reference-action.ts'

/** A doubtful reference in its sentence, to accept or decline. */
export function ReferenceItem({ reference, canEdit }: { reference: DoubtfulReference; canEdit: boolean }) {
  const t = useTranslations('references')
  const [refusal, decide, isBusy] = useActionState(decideReferenceAction, null)
  const { id, sermonId, title, before, words, after } = reference
  return (
    <li className="border-b border-line py-5">
      <h2 className="title text-base">{reference.reference}</h2>
      <p className="mt-1 font-serif text-base leading-relaxed wrap-anywhere">
        … {before} <mark className="rounded-sm bg-accent-soft text-ink">{words}</mark> {after} …
      </p>
      <p className="mt-1 text-sm">
        <Link href={`/dashboard/sermons/${sermonId}`} className="text-soft underline underline-offset-4">
          {title}
        </Link>
      </p>
      {canEdit ? (
        <form action={decide} className="mt-3 flex flex-wrap gap-3">
          <input type="hidden" name="id" value={id} />
          <Button type="submit" name="decision" value="accepted" disabled={isBusy}>
            {t('accept')}
          </Button>
          <Button type="submit" name="decision" value="declined" disabled={isBusy}>
            {t('decline')}
          </Button>
        </form>
      ) : null}
      {refusal ? (
        <Notice tone="danger" live className="mt-3">
          {refusal}
        </Notice>
      ) : null}
    </li>
  )
}
