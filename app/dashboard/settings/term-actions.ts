'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { confirmMember, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { decideTerm, setChurchTerms } from '#lib/churches/church-terms.ts'
import { churchTermsSchema } from '#lib/churches/church-terms-input.ts'
import { AppError } from '#lib/errors.ts'
import { textLine } from '#lib/text/text-input.ts'
import { LONGEST_TERM } from '#lib/transcripts/learn-terms.ts'

export async function setTermsAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('editor')
    const t = await readTranslations('settings')
    const terms = churchTermsSchema.safeParse(form.get('terms'))
    if (!terms.success) throw new AppError('bad_request', terms.error.issues[0]?.message ?? t('termsUnread'))
    await setChurchTerms(services(), { churchId, actorId: actor.userId, terms: terms.data })
    revalidatePath('/dashboard/settings')
    return t('saved')
  })
}

const decisionSchema = z.object({
  term: textLine({ name: 'term', max: LONGEST_TERM }),
  status: z.enum(['used', 'declined']),
})

export async function decideTermAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId } = await confirmMember('editor')
    const t = await readTranslations('settings')
    const decision = decisionSchema.safeParse({ term: form.get('term'), status: form.get('status') })
    if (!decision.success) throw new AppError('bad_request', t('termsUnread'))
    await decideTerm(services(), { churchId, ...decision.data })
    revalidatePath('/dashboard/settings')
    return t('saved')
  })
}
