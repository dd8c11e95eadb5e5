import { notFound } from 'next/navigation'
import { cache } from 'react'
import { currentActor } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { AppError } from '#lib/errors.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'

/** The sermon of an address, for the page and its metadata; the "not found" page for everything else. */
export const findPageSermon = cache(async (slug: string) => {
  try {
    return await findVisibleSermon(services(), { slug, actor: await currentActor() })
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
})
