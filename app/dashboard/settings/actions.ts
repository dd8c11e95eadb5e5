'use server'

import { revalidatePath } from 'next/cache'
import { confirmMember, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { saveChurchProfile } from '#lib/churches/church-profile.ts'
import { churchProfileSchema } from '#lib/churches/church-profile-input.ts'
import { churchNameSchema, renameChurch } from '#lib/churches/rename-church.ts'
import { setLanguage } from '#lib/churches/set-language.ts'
import { setTimeZone } from '#lib/churches/set-time-zone.ts'
import { timeZoneSchema } from '#lib/dates/time-zone-input.ts'
import { AppError } from '#lib/errors.ts'
import { pinnedSpeechModels } from '#lib/models/model-manifest.ts'
import { chooseSpeechModel } from '#lib/models/speech-choice.ts'
import { deleteSamples } from '#lib/sermons/delete-sermon.ts'
import { languageSchema } from '#lib/sermons/sermon-input.ts'

export async function renameChurchAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('owner')
    const name = churchNameSchema.safeParse(form.get('name'))
    if (!name.success) {
      const t = await readTranslations('settings')
      throw new AppError('bad_request', name.error.issues[0]?.message ?? t('nameMissing'))
    }
    await renameChurch(services(), { churchId, actorId: actor.userId, name: name.data })
    revalidatePath('/dashboard', 'layout')
    return (await readTranslations('settings'))('saved')
  })
}

export async function saveProfileAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('owner')
    const t = await readTranslations('settings')
    const profile = churchProfileSchema.safeParse(Object.fromEntries(form))
    if (!profile.success) throw new AppError('bad_request', profile.error.issues[0]?.message ?? t('notSaved'))
    await saveChurchProfile(services(), { churchId, actorId: actor.userId, profile: profile.data })
    revalidatePath('/dashboard', 'layout')
    return t('saved')
  })
}

export async function removeSamplesAction(_before: Outcome): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('editor')
    const removed = await deleteSamples(services(), { churchId, actorId: actor.userId })
    revalidatePath('/dashboard', 'layout')
    return (await readTranslations('settings'))('samplesRemoved', { count: removed })
  })
}

export async function setTimeZoneAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('owner')
    const t = await readTranslations('settings')
    const timeZone = timeZoneSchema.safeParse(form.get('timeZone'))
    if (!timeZone.success) throw new AppError('bad_request', t('timeZoneUnknown'))
    await setTimeZone(services(), { churchId, actorId: actor.userId, timeZone: timeZone.data })
    revalidatePath('/dashboard', 'layout')
    return t('saved')
  })
}

export async function setLanguageAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('owner')
    const t = await readTranslations('settings')
    const language = languageSchema.safeParse(form.get('language'))
    if (!language.success) throw new AppError('bad_request', t('languageUnknown'))
    await setLanguage(services(), { churchId, actorId: actor.userId, language: language.data })
    revalidatePath('/dashboard', 'layout')
    return t('saved')
  })
}

export async function setSpeechModelAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    await confirmMember('owner')
    const id = form.get('speechModel')
    const model = pinnedSpeechModels.find((one) => one.id === id) ?? null
    const t = await readTranslations('settings')
    if (!model && id !== '') throw new AppError('bad_request', t('speechModelUnknown'))
    await chooseSpeechModel(services().env.SELAH_MODELS_DIR, model)
    revalidatePath('/dashboard/settings')
    return t(model ? 'speechModelSaved' : 'saved')
  })
}
