'use client'

import { X } from 'lucide-react'
import { useMemo, useSyncExternalStore } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import {
  forgetAllQuestions,
  forgetQuestion,
  parseRecentQuestions,
  readRecentQuestions,
  watchRecentQuestions,
} from './recent-questions.ts'

/** The questions kept in this browser, each with a button that deletes it. */
export function RecentList({ onAsk }: { onAsk: (href: string) => void }) {
  const t = useTranslations('ask')
  const stored = useSyncExternalStore(watchRecentQuestions, readRecentQuestions, () => null)
  const questions = useMemo(() => parseRecentQuestions(stored), [stored])
  if (questions.length === 0) return null
  return (
    <section aria-labelledby="recent-questions" className="mt-10 max-w-2xl">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <h2 id="recent-questions" className="text-xs font-medium text-faint">
          {t('recent')}
        </h2>
        <Button variant="quiet" size="sm" onClick={() => forgetAllQuestions()}>
          {t('forgetAll')}
        </Button>
      </div>
      <ul className="divide-y divide-line">
        {questions.map(({ href, question }) => (
          <li key={href} className="flex items-center gap-2">
            <a
              href={href}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                onAsk(href)
              }}
              className="min-w-0 flex-1 py-2.5 text-base wrap-anywhere underline-offset-4 hover:underline"
            >
              {question}
            </a>
            <IconButton label={t('forget', { question })} onClick={() => forgetQuestion(href)}>
              <X aria-hidden size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-xs text-faint">{t('recentHint')}</p>
    </section>
  )
}
