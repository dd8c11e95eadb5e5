'use server'

import { confirmListener, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { choosePassword, choosePasswordSchema } from '#lib/churches/choose-password.ts'
import { AppError } from '#lib/errors.ts'

export async function choosePasswordAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const actor = await confirmListener()
    const t = await readTranslations('listenerAccount')
    const given = choosePasswordSchema.safeParse(Object.fromEntries(form))
    if (!given.success) {
      throw new AppError('bad_request', given.error.issues[0]?.message ?? t('passwordHint'))
    }
    const { session } = await openSession()
    await choosePassword({ db: services().db, session }, { actor, ...given.data })
    return t('passwordStored')
  })
}
