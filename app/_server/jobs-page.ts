import { notFound } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '#app/_server/actor.ts'
import { type Member, requireMember } from '#lib/auth/actor.ts'
import { AppError } from '#lib/errors.ts'

export type SearchParams = Promise<Record<string, string | string[] | undefined>>

export type JobsPage = {
  member: Member
  /** Everything in the address that says something, once. */
  query: Record<string, string>
  /** `church=…` when it is not the person's first, to be kept in every link. */
  churchQuery: Record<string, string>
}

/**
 * Who looks at an operator's page, for which of their churches, and with which filters. Anybody else's
 * church, like nonsense, is "not here".
 */
export async function openJobsPage(path: string, searchParams: SearchParams): Promise<JobsPage> {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(await searchParams)) {
    if (typeof value === 'string' && value !== '') query[name] = value
  }
  const here = Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path
  const actor = await requireActor(here)
  const { church } = query
  if (church !== undefined && !z.uuid().safeParse(church).success) notFound()
  const member = await orNotFound(async () =>
    requireMember(actor, { role: 'viewer', ...(church === undefined ? {} : { churchId: church }) }),
  )
  const isFirst = member.churchId === actor.memberships[0]?.churchId
  return { member, query, churchQuery: isFirst ? {} : { church: member.churchId } }
}

/** Shows the page for what is not here when `read` says so. */
export async function orNotFound<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
