import { notFound } from 'next/navigation'
import { requireActor } from '#app/_server/actor.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { type Member, requireMember } from '#lib/auth/actor.ts'
import { AppError } from '#lib/errors.ts'

export type JobsPage = {
  member: Member
  /** Every query parameter that has a value and occurs once. */
  query: Record<string, string>
  /** `church=…` if it is not the user's first church. Every link has to contain it. */
  churchQuery: Record<string, string>
}

/** Reads who opened an operator's page, for which of their churches, and its filters. Another church is not found. */
export async function openJobsPage(path: string, searchParams: SearchParams): Promise<JobsPage> {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(await searchParams)) {
    if (typeof value === 'string' && value !== '') query[name] = value
  }
  const here = Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path
  const actor = await requireActor(here)
  const { church } = query
  const member = await orNotFound(async () =>
    requireMember(actor, { role: 'viewer', ...(church === undefined ? {} : { churchId: church }) }),
  )
  const isFirst = member.churchId === actor.memberships[0]?.churchId
  return { member, query, churchQuery: isFirst ? {} : { church: member.churchId } }
}

/** Shows the "not found" page when `read` throws `not_found`. */
export async function orNotFound<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
