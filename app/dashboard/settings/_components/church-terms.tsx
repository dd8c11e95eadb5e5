'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { TextAreaField } from '#components/ui/field.tsx'
import { decideTermAction, setTermsAction } from '../term-actions.ts'

/** Names and terms that the next transcription shall recognise. */
export function ChurchTerms({
  used,
  learned,
  language,
  canEdit,
}: {
  used: readonly string[]
  learned: readonly string[]
  language: string
  canEdit: boolean
}) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(setTermsAction, null)
  const [, decide, isDeciding] = useActionState(decideTermAction, null)
  const text = used.join('\n')
  return (
    <div className="flex flex-col gap-5">
      <form action={act} className="flex flex-col gap-3">
        <TextAreaField
          key={text}
          label={t('terms')}
          name="terms"
          rows={5}
          defaultValue={text}
          disabled={!canEdit}
          hint={t('termsHint')}
          error={outcome && !outcome.ok ? outcome.message : undefined}
        />
        {canEdit ? (
          <div>
            <Button type="submit" busy={busy}>
              {t('saveTerms')}
            </Button>
          </div>
        ) : null}
        <p role="status" className="text-xs text-ok empty:hidden">
          {outcome?.ok ? outcome.message : null}
        </p>
      </form>
      {learned.length > 0 ? (
        <div>
          <h3 className="text-sm font-semibold">{t('learnedTerms')}</h3>
          <p className="mt-1 text-xs text-soft">{t('learnedTermsText')}</p>
          <ul className="mt-2 divide-y divide-line">
            {learned.map((term) => (
              <li key={term} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
                <span {...textIn(language)} className="min-w-0 flex-1 text-sm wrap-anywhere">
                  {term}
                </span>
                {canEdit ? (
                  <form action={decide} className="flex gap-2">
                    <input type="hidden" name="term" value={term} />
                    <Button
                      size="sm"
                      type="submit"
                      name="status"
                      value="used"
                      disabled={isDeciding}
                      aria-label={t('keepTermOf', { term })}
                    >
                      {t('keepTerm')}
                    </Button>
                    <Button
                      size="sm"
                      variant="quiet"
                      type="submit"
                      name="status"
                      value="declined"
                      disabled={isDeciding}
                      aria-label={t('declineTermOf', { term })}
                    >
                      {t('declineTerm')}
                    </Button>
                  </form>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
