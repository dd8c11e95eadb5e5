'use server'

import { redirect } from 'next/navigation'
import { confirmMember } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { AppError } from '#lib/errors.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { readSermonText } from '#lib/sermons/read-sermon-text.ts'
import { newTextSermonSchema } from '#lib/sermons/sermon-input.ts'

const fields = ['title', 'speaker', 'series', 'scripture', 'preachedOn', 'language', 'text'] as const

/** The typed text, and why no sermon was created from it. */
export type AddTextState = { message: string; values: Record<(typeof fields)[number], string> } | null

/** Creates a sermon from the form and shows its page in the dashboard. */
export async function addTextAction(_before: AddTextState, form: FormData): Promise<AddTextState> {
  const textOf = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const [title, speaker, series, scripture, preachedOn, language, text] = fields.map(textOf)
  const values = {
    title: title ?? '',
    speaker: speaker ?? '',
    series: series ?? '',
    scripture: scripture ?? '',
    preachedOn: preachedOn ?? '',
    language: language ?? '',
    text: text ?? '',
  }
  let sermonId: string
  try {
    const { churchId, actor } = await confirmMember('editor')
    const file = form.get('file')
    const isFile = file instanceof File && file.size > 0
    const sermon = newTextSermonSchema.safeParse({
      ...values,
      language: values.language || undefined,
      text: isFile ? readSermonText({ bytes: await file.bytes(), fileName: file.name }) : values.text,
      publish: form.get('publish') === 'yes',
    })
    if (!sermon.success) {
      const t = await readTranslations('addText')
      throw new AppError('bad_request', sermon.error.issues[0]?.message ?? t('notSaved'))
    }
    ;({ sermonId } = await createTextSermon(services(), {
      ...sermon.data,
      churchId,
      createdBy: actor.userId,
    }))
  } catch (error) {
    if (error instanceof AppError) return { message: error.message, values }
    throw error
  }
  redirect(`/dashboard/sermons/${sermonId}`)
}
