'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { confirmMember, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { endSession, endSessions } from '#lib/auth/sessions.ts'
import { changePassword, changePasswordSchema } from '#lib/churches/change-password.ts'
import { AppError } from '#lib/errors.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'

const page = '/dashboard/settings/account'

export async function changePasswordAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { actor, churchId } = await confirmMember('viewer')
    const t = await readTranslations('account')
    const given = changePasswordSchema.safeParse(Object.fromEntries(form))
    if (!given.success) {
      throw new AppError('bad_request', given.error.issues[0]?.message ?? t('passwordMissing'))
    }
    const { session } = await openSession({ key: services().env.SUPABASE_SECRET_KEY })
    await changePassword(
      { db: services().db, session },
      {
        ...given.data,
        person: { userId: actor.userId, email: actor.email, churchId },
        client: readClientKey(await headers()),
      },
    )
    revalidatePath(page)
    return t('passwordChanged')
  })
}

export async function endSessionAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { actor, churchId } = await confirmMember('viewer')
    const t = await readTranslations('account')
    const sessionId = form.get('session')
    if (typeof sessionId !== 'string') throw new AppError('bad_request', t('sessionMissing'))
    await endSession(services(), { userId: actor.userId, churchId, sessionId })
    revalidatePath(page)
    return t('sessionEnded')
  })
}

export async function endOtherSessionsAction(): Promise<Outcome> {
  return outcomeOf(async () => {
    const { actor, churchId } = await confirmMember('viewer')
    const { session } = await openSession()
    const { db } = services()
    await endSessions({ db, session }, { userId: actor.userId, churchId, scope: 'others' })
    revalidatePath(page)
    return (await readTranslations('account'))('otherSessionsEnded')
  })
}

/** Ends every session, also this one, and leads to the sign-in page. */
export async function signOutEverywhereAction(): Promise<Outcome> {
  const outcome = await outcomeOf(async () => {
    const { actor, churchId } = await confirmMember('viewer')
    const { session } = await openSession()
    const { db } = services()
    await endSessions({ db, session }, { userId: actor.userId, churchId, scope: 'global' })
    return ''
  })
  if (!outcome?.ok) return outcome
  redirect('/sign-in')
}
