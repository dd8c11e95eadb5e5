import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { deadLetters, type EventType, events, eventTypes, runSteps, runs, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { isCurrentVersion, listStepDependencies, parseWorkKey } from '#lib/facets/step-dependencies.ts'
import { catalog, eventTasks } from '#lib/jobs/catalog.ts'

export type DeadLetterRow = typeof deadLetters.$inferSelect
type SermonRow = typeof sermons.$inferSelect

/** What redriving one dead letter would write. */
export type RedriveAction =
  | { kind: 'process'; churchId: string; sermonId: string }
  | { kind: 'event'; type: EventType; churchId: string; sermonId: string | null; payload: unknown }
  | { kind: 'blocked'; because: string }

export type PlannedRedrive = {
  letterId: string
  sermon: { id: string; title: string } | null
  /** The type of the event that would be written; null when the dead letter cannot be redriven. */
  eventType: EventType | null
  /** Why it cannot be redriven and what to do instead. */
  blockedBecause: string | null
  /** Steps that would be skipped because their results are stored, as `<facet>/<step>`. */
  skips: string[]
  /** Steps that would run. */
  performs: string[]
}

export type RedrivePlan = {
  fingerprint: string
  /** The number of open dead letters; `letters` contains at most `limit` of them, oldest first. */
  total: number
  letters: PlannedRedrive[]
}

type Known = { sermon: SermonRow | null; event: typeof events.$inferSelect | null; runPayload: unknown }

const sermonTasks = [
  'process-sermon',
  'prepare-media',
  'transcribe',
  'read-transcript',
  'index-passages',
  'announce',
]

/**
 * Decides how to redrive a dead letter: with a new event for the same work. For a sermon the whole pipeline
 * is requested, so that later tasks run too; other work is requested with its own payload.
 */
export function decideRedrive(
  deadLetter: DeadLetterRow,
  { sermon, event, runPayload }: Known,
): RedriveAction {
  const { churchId } = deadLetter
  if (!churchId) {
    return { kind: 'blocked', because: 'The church of this dead letter is unknown. Discard it.' }
  }
  const concernsSermon =
    deadLetter.kind === 'facet' ||
    deadLetter.kind === 'object' ||
    (deadLetter.kind === 'run' && sermonTasks.includes(deadLetter.type)) ||
    (deadLetter.kind === 'event' &&
      eventTypes.some((type) => type === deadLetter.type && sermonTasks.includes(eventTasks[type])))
  if (concernsSermon) {
    if (!deadLetter.sermonId || !sermon) {
      return { kind: 'blocked', because: 'The sermon was removed. Discard this dead letter.' }
    }
    if (sermon.trashedAt) {
      return {
        kind: 'blocked',
        because: 'The sermon is in the trash. Restore it, or discard this dead letter.',
      }
    }
    if (sermon.mediaRevision === 0) {
      return { kind: 'blocked', because: 'The sermon has no recording yet. Upload one first.' }
    }
    if (deadLetter.kind === 'object' && deadLetter.details.kind === 'original') {
      return {
        kind: 'blocked',
        because: 'Selah has no other copy of this file. Upload it again, then discard this dead letter.',
      }
    }
    return { kind: 'process', churchId, sermonId: deadLetter.sermonId }
  }
  return decideOtherWork(deadLetter, churchId, event?.payload ?? runPayload)
}

/** Work outside the pipeline is requested again with its original payload. */
function decideOtherWork(deadLetter: DeadLetterRow, churchId: string, payload: unknown): RedriveAction {
  const type = eventTypes.find((one) =>
    deadLetter.kind === 'event' ? one === deadLetter.type : eventTasks[one] === deadLetter.type,
  )
  if (type === undefined) {
    return {
      kind: 'blocked',
      because: `No task is registered for “${deadLetter.type}”. Discard this dead letter.`,
    }
  }
  const parsed = catalog[eventTasks[type]].safeParse(payload)
  if (!parsed.success) {
    return { kind: 'blocked', because: 'The original request is no longer stored. Discard this dead letter.' }
  }
  return {
    kind: 'event',
    type,
    churchId,
    sermonId: deadLetter.sermonId,
    payload: parsed.data,
  }
}

/** The rows that `decideRedrive` needs for these dead letters, by dead letter id. */
export async function readRedriveFacts(
  db: DatabaseOrTransaction,
  rows: readonly DeadLetterRow[],
): Promise<Map<string, Known>> {
  const ids = (values: (string | null)[]) => [...new Set(values.filter((value) => value !== null))]
  const sermonIds = ids(rows.map(({ sermonId }) => sermonId))
  const eventIds = ids(rows.map(({ eventId }) => eventId))
  const runIds = ids(rows.map(({ runId }) => runId))
  const sermonRows =
    sermonIds.length > 0 ? await db.select().from(sermons).where(inArray(sermons.id, sermonIds)) : []
  const eventRows =
    eventIds.length > 0 ? await db.select().from(events).where(inArray(events.id, eventIds)) : []
  const runRows =
    runIds.length > 0
      ? await db.select({ id: runs.id, payload: runs.payload }).from(runs).where(inArray(runs.id, runIds))
      : []
  const sermonOf = new Map(sermonRows.map((row) => [row.id, row]))
  const eventOf = new Map(eventRows.map((row) => [row.id, row]))
  const payloadOf = new Map(runRows.map((row) => [row.id, row.payload]))
  return new Map(
    rows.map((deadLetter) => [
      deadLetter.id,
      {
        sermon: (deadLetter.sermonId && sermonOf.get(deadLetter.sermonId)) || null,
        event: (deadLetter.eventId && eventOf.get(deadLetter.eventId)) || null,
        runPayload: deadLetter.runId ? payloadOf.get(deadLetter.runId) : undefined,
      },
    ]),
  )
}

/**
 * A dry run: what redriving the open dead letters of a fingerprint (or one dead letter) would do. Changes
 * nothing. Throws `not_found` when there is no such open dead letter.
 */
export async function planRedrive(
  { db }: { db: DatabaseOrTransaction },
  {
    churchId,
    limit = 50,
    ...wanted
  }: ({ fingerprint: string } | { deadLetterId: string }) & { churchId?: string; limit?: number },
): Promise<RedrivePlan> {
  const which = and(
    eq(deadLetters.state, 'open'),
    'deadLetterId' in wanted
      ? eq(deadLetters.id, wanted.deadLetterId)
      : eq(deadLetters.fingerprint, wanted.fingerprint),
    churchId ? eq(deadLetters.churchId, churchId) : undefined,
  )
  const [counted] = await db.select({ total: sql<number>`count(*)::int` }).from(deadLetters).where(which)
  const rows = await db
    .select()
    .from(deadLetters)
    .where(which)
    .orderBy(asc(deadLetters.createdAt), asc(deadLetters.id))
    .limit(limit)
  const [first] = rows
  if (!first) throw new AppError('not_found', 'There is no such open dead letter. It may be closed already.')
  const facts = await readRedriveFacts(db, rows)
  const done = await readDoneSteps(
    db,
    [...facts.values()].flatMap(({ sermon }) => (sermon ? [sermon] : [])),
  )
  return {
    fingerprint: first.fingerprint,
    total: counted?.total ?? rows.length,
    letters: rows.map((deadLetter) => {
      const known = facts.get(deadLetter.id) ?? { sermon: null, event: null, runPayload: undefined }
      const action = decideRedrive(deadLetter, known)
      const { sermon } = known
      const steps = action.kind === 'process' && sermon ? splitSteps(done.get(sermon.id) ?? new Set()) : null
      return {
        letterId: deadLetter.id,
        sermon: sermon ? { id: sermon.id, title: sermon.title } : null,
        eventType:
          action.kind === 'process' ? 'sermon.reprocess' : action.kind === 'event' ? action.type : null,
        blockedBecause: action.kind === 'blocked' ? action.because : null,
        skips: steps?.skips ?? [],
        performs: steps?.performs ?? [],
      }
    }),
  }
}

/**
 * Splits the pipeline into finished and remaining steps. `read` and `listen` are alternatives: one of them is
 * enough.
 */
export function splitSteps(done: ReadonlySet<string>): { skips: string[]; performs: string[] } {
  const skips: string[] = []
  const performs: string[] = []
  for (const { step } of listStepDependencies()) {
    if (done.has(step)) skips.push(step)
    else if (step === 'transcript/read' && done.has('transcript/listen')) continue
    else if (step === 'transcript/listen' && done.has('transcript/read')) continue
    else performs.push(step)
  }
  return { skips, performs }
}

/** The finished steps of the current version of each sermon, as `<facet>/<step>`. */
async function readDoneSteps(
  db: DatabaseOrTransaction,
  wanted: readonly SermonRow[],
): Promise<Map<string, Set<string>>> {
  const done = new Map<string, Set<string>>()
  const current = new Map(wanted.map((sermon) => [sermon.id, sermon]))
  if (current.size === 0) return done
  const rows = await db
    .select({ workKey: runSteps.workKey, name: runSteps.name })
    .from(runSteps)
    .where(and(inArray(runSteps.sermonId, [...current.keys()]), eq(runSteps.status, 'completed')))
  for (const { workKey, name } of rows) {
    const work = parseWorkKey(workKey)
    const sermon = work && current.get(work.sermonId)
    if (!sermon || !isCurrentVersion(work, sermon)) continue
    const steps = done.get(sermon.id) ?? new Set<string>()
    steps.add(`${work.facet}/${name}`)
    done.set(sermon.id, steps)
  }
  return done
}
