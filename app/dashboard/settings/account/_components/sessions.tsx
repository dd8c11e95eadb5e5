'use client'

import { useActionState } from 'react'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Pill } from '#components/ui/pill.tsx'
import type { SessionView } from '#lib/auth/sessions.ts'
import { endOtherSessionsAction, endSessionAction, signOutEverywhereAction } from '../account-actions.ts'

/** Where the person is signed in, and how to end that. */
export function Sessions({ sessions }: { sessions: readonly SessionView[] }) {
  const t = useTranslations('account')
  const [ended, end, ending] = useActionState(endSessionAction, null)
  const [othersEnded, endOthers, endingOthers] = useActionState(endOtherSessionsAction, null)
  const [allEnded, endAll, endingAll] = useActionState(signOutEverywhereAction, null)
  const busy = ending || endingOthers || endingAll
  const outcome = allEnded ?? othersEnded ?? ended
  return (
    <>
      <p className="text-sm text-soft">{t(sessions.length === 0 ? 'sessionsElsewhere' : 'sessionsText')}</p>
      {outcome ? (
        <Notice tone={outcome.ok ? 'ok' : 'danger'} live className="mt-4">
          {outcome.message}
        </Notice>
      ) : null}
      <ul className="mt-4 border-t border-line">
        {sessions.map((session) => (
          <li
            key={session.id}
            data-session={session.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-3 text-sm"
          >
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {t('device', {
                  browser: session.browser ?? t('unknownBrowser'),
                  system: session.system ?? t('unknownSystem'),
                })}
                {session.isCurrent ? <Pill tone="ok">{t('thisSession')}</Pill> : null}
              </p>
              <p className="text-xs text-soft">
                {t.rich('sessionTimes', {
                  created: () => <RelativeTime iso={session.createdAt} />,
                  used: () => <RelativeTime iso={session.lastUsedAt} />,
                })}
              </p>
            </div>
            {session.isCurrent ? null : (
              <form action={end}>
                <input type="hidden" name="session" value={session.id} />
                <Button type="submit" size="sm" variant="quiet" disabled={busy}>
                  {t('signOut')}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-3">
        {sessions.length > 1 ? (
          <form action={endOthers}>
            <Button type="submit" busy={endingOthers} disabled={busy}>
              {t('signOutOthers')}
            </Button>
          </form>
        ) : null}
        <form action={endAll}>
          <Button type="submit" variant="danger" busy={endingAll} disabled={busy}>
            {t('signOutEverywhere')}
          </Button>
        </form>
      </div>
    </>
  )
}
