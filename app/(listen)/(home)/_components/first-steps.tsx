import { currentActor } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { readFirstSteps } from '#lib/churches/read-first-steps.ts'
import { RenewWhile } from './renew-while.tsx'

/** The home page of a library without sermons: what is going on, and what comes next. */
export async function FirstSteps() {
  const { db, env } = services()
  const [actor, { isSetUp, awaitsSamples }] = await Promise.all([
    currentActor(),
    readFirstSteps({ db }, { samplesWanted: env.SELAH_SAMPLES }),
  ])
  if (awaitsSamples) {
    return (
      <div className="page pt-16">
        <RenewWhile everyMs={2000} />
        <EmptyState level={1} title="The first sermons are being prepared">
          <p>
            A few sample sermons are on their way into this library, so that there is something to hear and to
            ask. They appear here by themselves, in about a minute.
          </p>
          <ProgressBar label="Preparing the sample sermons" className="mx-auto mt-8 max-w-56" />
        </EmptyState>
      </div>
    )
  }
  if (!isSetUp) {
    return (
      <div className="page pt-16">
        <RenewWhile everyMs={5000} />
        <EmptyState level={1} title="This library waits for its owner">
          <p>
            Open the one-time set-up link that Selah printed when it started. It makes the first account and
            names the church; then the first recording can be uploaded.
          </p>
        </EmptyState>
      </div>
    )
  }
  const isMember = (actor?.memberships.length ?? 0) > 0
  return (
    <div className="page pt-16">
      <EmptyState
        level={1}
        title="Nothing has been published yet"
        action={
          isMember ? (
            <ButtonLink href="/dashboard" variant="primary">
              Upload a sermon
            </ButtonLink>
          ) : (
            <ButtonLink href="/sign-in">Sign in</ButtonLink>
          )
        }
      >
        <p>
          {isMember
            ? 'Upload a recording, and publish it when you like how it sounds. It appears here for everyone.'
            : 'When the church publishes its first sermon, you can hear it here, read along, and ask it questions.'}
        </p>
      </EmptyState>
    </div>
  )
}
