import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { questions } from '#lib/db/schema.ts'
import { areAlike, type QuestionMeaning, readQuestionMeanings } from './read-question-meanings.ts'

/** As many of the newest questions are grouped. */
const MAX_QUESTIONS = 1000

type Row = { id: string; question: string; createdAt: Date }

/** Questions that ask nearly the same. */
export type QuestionGroup = {
  /** The most frequent wording. */
  question: string
  /** The other wordings, most frequent first. */
  otherWordings: string[]
  ids: string[]
  lastAskedAt: Date
}

/**
 * The questions of a church, most frequent first; questions that ask nearly the same are one entry. `open`: not
 * answered and not dismissed. `answered`: answered.
 */
export async function listQuestionGroups(
  { db }: { db: Database },
  { churchId, show }: { churchId: string; show: 'open' | 'answered' },
): Promise<QuestionGroup[]> {
  const rows = await db
    .select({ id: questions.id, question: questions.question, createdAt: questions.createdAt })
    .from(questions)
    .where(
      and(
        eq(questions.churchId, churchId),
        isNull(questions.closedAt),
        eq(questions.refused, show === 'open'),
      ),
    )
    .orderBy(desc(questions.createdAt), questions.id)
    .limit(MAX_QUESTIONS)
  const meanings = await readQuestionMeanings(
    { db },
    rows.map(({ question }) => question),
  )
  const groups: { first: QuestionMeaning; members: [Row, ...Row[]] }[] = []
  for (const [place, row] of rows.entries()) {
    const meaning = meanings[place]
    // A text without any word of content asks nothing.
    if (!meaning || meaning.terms.size === 0) continue
    const group = groups.find(({ first }) => areAlike(first, meaning))
    if (group) group.members.push(row)
    else groups.push({ first: meaning, members: [row] })
  }
  return groups
    .map(({ members }) => describeGroup(members))
    .sort((a, b) => b.ids.length - a.ids.length || b.lastAskedAt.getTime() - a.lastAskedAt.getTime())
}

/** `members` are newest first. */
function describeGroup(members: readonly [Row, ...Row[]]): QuestionGroup {
  const [newest] = members
  const wordings = new Map<string, { question: string; count: number }>()
  for (const { question } of members) {
    const key = question
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
    const known = wordings.get(key)
    if (known) known.count += 1
    else wordings.set(key, { question, count: 1 })
  }
  const [first, ...others] = [...wordings.values()].sort((a, b) => b.count - a.count)
  return {
    question: first?.question ?? '',
    otherWordings: others.map(({ question }) => question),
    ids: members.map(({ id }) => id),
    lastAskedAt: newest.createdAt,
  }
}
