'use client'

import Link from 'next/link'
import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { QuestionLink } from '#lib/questions/list-question-links.ts'
import { removeLinkAction } from '../change-questions.ts'

/** The questions that the church answers with a sermon. */
export function AnsweredLinks({ links, canEdit }: { links: readonly QuestionLink[]; canEdit: boolean }) {
  const t = useTranslations('questions')
  const [refusal, remove, isBusy] = useActionState(removeLinkAction, null)
  return (
    <>
      <ul className="divide-y divide-line">
        {links.map(({ id, question, sermonId, title }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <p className="min-w-0 flex-1 basis-64 text-sm wrap-anywhere">
              {question}
              <Link
                href={`/dashboard/sermons/${sermonId}`}
                className="mt-0.5 block text-soft underline underline-offset-4"
              >
                {title}
              </Link>
            </p>
            {canEdit ? (
              <form action={remove}>
                <input type="hidden" name="id" value={id} />
                <Button
                  type="submit"
                  size="sm"
                  disabled={isBusy}
                  aria-label={t('removeLinkOf', { question })}
                >
                  {t('removeLink')}
                </Button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {refusal ? (
        <Notice tone="danger" live className="mt-3">
          {refusal}
        </Notice>
      ) : null}
    </>
  )
}
