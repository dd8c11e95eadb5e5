'use server'

import { revalidatePath } from 'next/cache'
import { confirmMember, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import {
  careHelpSchema,
  questionDaysSchema,
  setCareHelp,
  setQuestionDays,
} from '#lib/churches/question-settings.ts'
import { AppError } from '#lib/errors.ts'

export async function setQuestionDaysAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('owner')
    const t = await readTranslations('settings')
    const keepDays = questionDaysSchema.safeParse(form.get('keepDays'))
    if (!keepDays.success) throw new AppError('bad_request', t('questionDaysWrong'))
    await setQuestionDays(services(), { churchId, actorId: actor.userId, keepDays: keepDays.data })
    revalidatePath('/dashboard', 'layout')
    return t('saved')
  })
}

export async function setCareHelpAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('owner')
    const t = await readTranslations('settings')
    const careHelp = careHelpSchema.safeParse(form.get('careHelp'))
    if (!careHelp.success)
      throw new AppError('bad_request', careHelp.error.issues[0]?.message ?? t('careHelp'))
    await setCareHelp(services(), { churchId, actorId: actor.userId, careHelp: careHelp.data })
    revalidatePath('/dashboard/settings')
    return t('saved')
  })
}
