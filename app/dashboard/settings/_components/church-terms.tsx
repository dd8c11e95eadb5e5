'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { decideTermAction, setTermsAction } from '../term-actions.ts'
import { SettingsText } from './settings-text.tsx'

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
  const [decided, decide, isDeciding] = useActionState(decideTermAction, null)
  return (
    <div className="flex flex-col gap-5">
      <SettingsText
        action={setTermsAction}
        name="terms"
        label={t('terms')}
        hint={t('termsHint')}
        value={used.join('\n')}
        saveLabel={t('saveTerms')}
        canEdit={canEdit}
      />
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
                  <form action={decide} className="flex flex-wrap gap-2">
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
      {decided && !decided.ok ? (
        <Notice tone="danger" live>
          {decided.message}
        </Notice>
      ) : null}
    </div>
  )
}
