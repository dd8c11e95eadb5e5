import { currentActor } from '#app/_server/actor.ts'
import { currentChurch } from '#app/_server/church.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { NotSetUp } from '#components/shell/not-set-up.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { readFirstSteps } from '#lib/churches/read-first-steps.ts'
import { ChurchHeader } from './church-header.tsx'
import { RefreshPage } from './refresh-page.tsx'

/** The home page without sermons: the present state and the next action. */
export async function FirstSteps() {
  const { db, env } = services()
  const t = await readTranslations('home')
  const [actor, church, { isSetUp, awaitsSamples }] = await Promise.all([
    currentActor(),
    currentChurch(),
    readFirstSteps({ db }, { samplesWanted: env.SELAH_SAMPLES }),
  ])
  if (awaitsSamples) {
    return (
      <div className="page pt-16">
        <RefreshPage everyMs={2000} />
        <EmptyState level={1} title={t('samplesTitle')}>
          <p>{t('samplesText')}</p>
          <ProgressBar label={t('samplesProgress')} className="mx-auto mt-8 max-w-56" />
        </EmptyState>
      </div>
    )
  }
  if (!isSetUp) {
    return (
      <>
        <RefreshPage everyMs={5000} />
        <NotSetUp />
      </>
    )
  }
  const isMember = (actor?.memberships.length ?? 0) > 0
  return (
    <div className="page pt-6 md:pt-9">
      {church ? <ChurchHeader church={church} /> : null}
      <EmptyState
        level={church ? 2 : 1}
        title={t('emptyTitle')}
        action={
          isMember ? (
            <ButtonLink href="/dashboard" variant="primary">
              {t('uploadSermon')}
            </ButtonLink>
          ) : (
            <ButtonLink href="/sign-in">{t('signIn')}</ButtonLink>
          )
        }
      >
        <p>{t(isMember ? 'emptyForMembers' : 'emptyForListeners')}</p>
      </EmptyState>
    </div>
  )
}
