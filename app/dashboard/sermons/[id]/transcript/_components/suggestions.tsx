'use client'

import { Check, X } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { readingIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import type { ApiSuggestion } from '#lib/sermons/review-suggestions.ts'

/** What listeners propose, to accept or decline. */
export function Suggestions({
  suggestions,
  language,
  onDecide,
}: {
  suggestions: readonly ApiSuggestion[]
  language: string
  onDecide: (id: string, decision: 'accepted' | 'declined') => void
}) {
  const t = useTranslations('transcriptEditor')
  if (suggestions.length === 0) return null
  return (
    <section aria-labelledby="suggestions" className="mt-5 max-w-3xl rounded-card bg-sunken px-4 py-3">
      <h2 id="suggestions" className="text-sm font-semibold">
        {t('suggestions', { count: suggestions.length })}
      </h2>
      <ul className="mt-1 divide-y divide-line">
        {suggestions.map(({ id, before, after }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <p
              {...readingIn(language)}
              className="min-w-0 flex-1 basis-72 font-serif text-base wrap-anywhere"
            >
              <del className="text-soft">{before}</del> <ins className="no-underline">{after}</ins>
            </p>
            <div className="flex flex-wrap gap-2">
              <Button
                size="sm"
                icon={<Check aria-hidden size={15} />}
                aria-label={t('acceptSuggestion', { after })}
                onClick={() => onDecide(id, 'accepted')}
              >
                {t('accept')}
              </Button>
              <Button
                size="sm"
                variant="quiet"
                icon={<X aria-hidden size={15} />}
                aria-label={t('declineSuggestion', { after })}
                onClick={() => onDecide(id, 'declined')}
              >
                {t('decline')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
