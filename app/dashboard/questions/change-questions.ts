'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { confirmMember } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { AppError } from '#lib/errors.ts'
import {
  answerWithSermon,
  deleteQuestions,
  dismissQuestions,
  removeQuestionLink,
} from '#lib/questions/close-questions.ts'

const MAX_IDS = 1000

/** A sentence for the person when the change was not made; null when it was. */
export type Refusal = string | null

/** Lets the caller act as an editor, and shows the page again. Returns why it was refused. */
async function change(
  act: (member: { churchId: string; actorId: string }) => Promise<unknown>,
): Promise<Refusal> {
  try {
    const { churchId, actor } = await confirmMember('editor')
    await act({ churchId, actorId: actor.userId })
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
  revalidatePath('/dashboard/questions')
  return null
}

const idsOf = (form: FormData): string[] => z.array(z.uuid()).max(MAX_IDS).parse(form.getAll('id'))

export async function answerQuestionsAction(_before: Refusal, form: FormData): Promise<Refusal> {
  const sermonId = z.uuid().parse(form.get('sermonId'))
  return change((member) => answerWithSermon(services(), { ...member, ids: idsOf(form), sermonId }))
}

export async function dismissQuestionsAction(_before: Refusal, form: FormData): Promise<Refusal> {
  return change((member) => dismissQuestions(services(), { ...member, ids: idsOf(form) }))
}

export async function deleteQuestionsAction(_before: Refusal, form: FormData): Promise<Refusal> {
  return change((member) => deleteQuestions(services(), { ...member, ids: idsOf(form) }))
}

export async function removeLinkAction(_before: Refusal, form: FormData): Promise<Refusal> {
  const [id = ''] = idsOf(form)
  return change(({ churchId }) => removeQuestionLink(services(), { churchId, id }))
}
