'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { confirmMember } from '#app/_server/form-outcome.ts'
import { services } from '#app/_server/services.ts'
import { AppError } from '#lib/errors.ts'
import { decideReference } from '#lib/scripture/review-references.ts'

/** Records a decision. Returns why it was refused, or null. */
export async function decideReferenceAction(_before: string | null, form: FormData): Promise<string | null> {
  const input = z
    .object({ id: z.uuid(), decision: z.enum(['accepted', 'declined']) })
    .parse({ id: form.get('id'), decision: form.get('decision') })
  try {
    const { churchId, actor } = await confirmMember('editor')
    await decideReference(services(), { churchId, actorId: actor.userId, ...input })
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
  revalidatePath('/dashboard', 'layout')
  return null
}
