'use server'

import { revalidatePath } from 'next/cache'
import { confirmMember, type Outcome, outcomeOf } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { AppError } from '#lib/errors.ts'
import { podcastSettingsSchema } from '#lib/feeds/podcast-settings.ts'
import { savePodcastSettings } from '#lib/feeds/save-podcast.ts'

export async function savePodcastAction(_before: Outcome, form: FormData): Promise<Outcome> {
  return outcomeOf(async () => {
    const { churchId, actor } = await confirmMember('owner')
    const t = await readTranslations('podcast')
    const settings = podcastSettingsSchema.safeParse({
      ...Object.fromEntries(form),
      isExplicit: form.get('isExplicit') === 'on',
      isLocked: form.get('isLocked') === 'on',
    })
    if (!settings.success) {
      throw new AppError('bad_request', settings.error.issues[0]?.message ?? t('notSaved'))
    }
    await savePodcastSettings(services(), { churchId, actorId: actor.userId, settings: settings.data })
    revalidatePath('/dashboard/podcast')
    return t('saved')
  })
}
