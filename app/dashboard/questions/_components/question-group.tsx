'use client'

import { useActionState } from 'react'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { answerQuestionsAction, deleteQuestionsAction, dismissQuestionsAction } from '../change-questions.ts'

type Group = {
  question: string
  otherWordings: readonly string[]
  ids: readonly string[]
  lastAskedIso: string
}

/** Questions that ask nearly the same, with the actions for them. */
export function QuestionGroupItem({
  group,
  sermons,
  canAnswer,
  canEdit,
}: {
  group: Group
  sermons: { value: string; label: string }[]
  canAnswer: boolean
  canEdit: boolean
}) {
  const t = useTranslations('questions')
  const [answerRefusal, answer, isAnswering] = useActionState(answerQuestionsAction, null)
  const [dismissRefusal, dismiss, isDismissing] = useActionState(dismissQuestionsAction, null)
  const [deleteRefusal, remove, isDeleting] = useActionState(deleteQuestionsAction, null)
  const refusal = answerRefusal ?? dismissRefusal ?? deleteRefusal
  const isBusy = isAnswering || isDismissing || isDeleting
  const ids = group.ids.map((id) => <input key={id} type="hidden" name="id" value={id} />)
  return (
    <li className="border-b border-line py-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="title min-w-0 text-base wrap-anywhere">{group.question}</h2>
        <Pill>{t('count', { count: group.ids.length })}</Pill>
        <span className="text-xs text-faint">
          {t.rich('lastAsked', { when: () => <RelativeTime iso={group.lastAskedIso} /> })}
        </span>
      </div>
      {group.otherWordings.length > 0 ? (
        <details className="mt-1">
          <summary className="w-fit cursor-pointer text-sm text-soft hover:text-ink">
            {t('otherWordings', { count: group.otherWordings.length })}
          </summary>
          <ul className="mt-1 list-disc pl-5 text-sm text-soft">
            {group.otherWordings.map((wording) => (
              <li key={wording} className="wrap-anywhere">
                {wording}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {canEdit ? (
        <div className="mt-3 flex flex-wrap items-end gap-3">
          {canAnswer && sermons.length > 0 ? (
            <form action={answer} className="flex min-w-0 flex-wrap items-end gap-3">
              {ids}
              <div className="w-64 max-w-full">
                <SelectField
                  label={t('sermon')}
                  name="sermonId"
                  options={[{ value: '', label: t('chooseSermon') }, ...sermons]}
                  required
                />
              </div>
              <Button type="submit" variant="primary" busy={isAnswering} disabled={isBusy}>
                {t('answer')}
              </Button>
            </form>
          ) : null}
          {canAnswer ? (
            <form action={dismiss}>
              {ids}
              <Button type="submit" busy={isDismissing} disabled={isBusy}>
                {t('dismiss')}
              </Button>
            </form>
          ) : null}
          <form action={remove}>
            {ids}
            <Button type="submit" variant="danger" busy={isDeleting} disabled={isBusy}>
              {t('delete')}
            </Button>
          </form>
        </div>
      ) : null}
      {refusal ? (
        <Notice tone="danger" live className="mt-3">
          {refusal}
        </Notice>
      ) : null}
    </li>
  )
}
