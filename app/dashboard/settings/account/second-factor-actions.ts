'use server'

import { revalidatePath } from 'next/cache'
import { confirmMember, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  secondFactorCodeSchema,
} from '#lib/auth/second-factor.ts'
import { AppError } from '#lib/errors.ts'

const page = '/dashboard/settings/account'

type Begun = (NonNullable<Outcome> & { setup?: { key: string; address: string } }) | null
type Confirmed = (NonNullable<Outcome> & { recoveryCodes?: string[] }) | null

function readCode(form: FormData): string {
  const code = secondFactorCodeSchema.safeParse(form.get('code'))
  if (code.success) return code.data
  throw new AppError('bad_request', code.error.issues[0]?.message ?? '')
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
    const code = readCode(form)
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
    await removeSecondFactor(services(), { userId: actor.userId, churchId, code: readCode(form) })
    revalidatePath(page)
    return (await readTranslations('account'))('factorRemoved')
  })
}
