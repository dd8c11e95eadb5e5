'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { z } from 'zod'
import { confirmMember, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { confirmPassword, currentPasswordSchema } from '#lib/auth/confirm-password.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  secondFactorCodeSchema,
} from '#lib/auth/second-factor.ts'
import { AppError } from '#lib/errors.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'

const page = '/dashboard/settings/account'

type Begun = (NonNullable<Outcome> & { setup?: { key: string; address: string } }) | null
type Confirmed = (NonNullable<Outcome> & { recoveryCodes?: string[] }) | null

const formSchema = z.object({ current: currentPasswordSchema, code: secondFactorCodeSchema })

/** The code of a form, once its password is right: a stolen session must not change the second factor. */
async function confirmForm(form: FormData, email: string): Promise<string> {
  const given = formSchema.safeParse(Object.fromEntries(form))
  if (!given.success) throw new AppError('bad_request', given.error.issues[0]?.message ?? '')
  const client = readClientKey(await headers())
  await confirmPassword(services(), { email, password: given.data.current, client })
  return given.data.code
}

export async function beginSecondFactorAction(): Promise<Begun> {
  let setup: { key: string; address: string } | undefined
  const outcome = await outcomeOf(async () => {
    const { actor, churchName } = await confirmMember('viewer')
    const { userId, email } = actor
    setup = await beginSecondFactor(services(), { userId, email, issuer: churchName })
    return ''
  })
  return outcome && { ...outcome, ...(setup ? { setup } : {}) }
}

export async function confirmSecondFactorAction(_before: Confirmed, form: FormData): Promise<Confirmed> {
  let recoveryCodes: string[] | undefined
  const outcome = await outcomeOf(async () => {
    const { actor, churchId, sessionId } = await confirmMember('viewer')
    const code = await confirmForm(form, actor.email)
    recoveryCodes = await confirmSecondFactor(services(), {
      userId: actor.userId,
      churchId,
      sessionId,
      code,
    })
    revalidatePath(page)
    return ''
  })
  return outcome && { ...outcome, ...(recoveryCodes ? { recoveryCodes } : {}) }
}

export async function removeSecondFactorAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { actor, churchId } = await confirmMember('viewer')
    const code = await confirmForm(form, actor.email)
    await removeSecondFactor(services(), { userId: actor.userId, churchId, code })
    revalidatePath(page)
    return (await readTranslations('account'))('factorRemoved')
  })
}
