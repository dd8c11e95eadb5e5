import { z } from 'zod'
import type { Api } from './connect-api.ts'

export type CommandContext = {
  rest: readonly string[]
  values: { state?: string; limit?: string; 'per-second'?: string; 'dry-run'?: boolean }
  withApi<Result>(use: (api: Api) => Promise<Result>): Promise<Result>
  print(value: unknown, human: string): void
  required(value: string | undefined, what: string): string
}

const groupsSchema = z.object({
  groups: z.array(
    z
      .object({
        fingerprint: z.string(),
        type: z.string(),
        count: z.number(),
        reason: z.string(),
        advice: z.string(),
        lastSeen: z.string(),
      })
      .loose(),
  ),
})
const planSchema = z
  .object({
    total: z.number(),
    letters: z.array(
      z
        .object({
          sermon: z.object({ title: z.string() }).loose().nullable(),
          eventType: z.string().nullable(),
          blockedBecause: z.string().nullable(),
          skips: z.array(z.string()),
          performs: z.array(z.string()),
        })
        .loose(),
    ),
  })
  .loose()
const redriveSchema = z.object({ id: z.string(), total: z.number(), perSecond: z.number() }).loose()
const queuesSchema = z
  .object({
    engineAnswers: z.boolean(),
    queues: z.array(
      z.object({
        name: z.string(),
        running: z.number(),
        backlog: z.number(),
        oldestAgeMs: z.number().nullable(),
        paused: z.boolean(),
        limit: z.number().nullable(),
      }),
    ),
  })
  .loose()
const eventsSchema = z
  .object({
    events: z.array(
      z.object({ id: z.string(), type: z.string(), state: z.string(), createdAt: z.string() }).loose(),
    ),
  })
  .loose()
const rerunSchema = z.object({ eventId: z.string(), steps: z.array(z.string()) })

type Plan = z.infer<typeof planSchema>

function describePlan(plan: Plan): string {
  const lines = plan.letters.map((letter) => {
    const what = letter.sermon?.title ?? letter.eventType ?? 'Work'
    if (letter.blockedBecause) return `  ${what}: cannot be redriven. ${letter.blockedBecause}`
    const does = letter.performs.length > 0 ? letter.performs.join(', ') : 'nothing is left to do'
    const skips = letter.skips.length > 0 ? ` (skips ${letter.skips.length} finished steps)` : ''
    return `  ${what}: ${letter.eventType ? does : 'nothing'}${skips}`
  })
  const more = plan.total - plan.letters.length
  return [`${plan.total} would be redriven:`, ...lines, ...(more > 0 ? [`  … and ${more} more`] : [])].join(
    '\n',
  )
}

const age = (ms: number | null) =>
  ms === null ? '-' : ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`

/** The commands for background work. Those that change something require an owner's account. */
export function jobCommands(context: CommandContext): Record<string, () => Promise<void>> {
  const { rest, values, withApi, print, required } = context
  const changeQueue = async (action: 'pause' | 'resume') => {
    const queue = required(rest[0], 'The queue')
    const changed = await withApi((api) => api.request('POST', `/api/v1/queues/${action}`, { queue }))
    print(changed, action === 'pause' ? `${queue} is paused.` : `${queue} is resumed.`)
  }
  return {
    async 'dead-letters'() {
      const found = groupsSchema.parse(
        await withApi((api) => api.request('GET', '/api/v1/dead-letters/groups')),
      )
      const lines = found.groups.map(
        ({ fingerprint, count, type, reason, advice, lastSeen }) =>
          `${fingerprint}  ${String(count).padStart(5)} × ${type}, last ${lastSeen}\n  ${reason}\n  ${advice}`,
      )
      print(found, lines.join('\n\n') || 'There are no dead letters.')
    },

    async redrive() {
      const fingerprint = required(rest[0], 'The fingerprint')
      const body = {
        fingerprint,
        perSecond: Number(values['per-second'] ?? 5),
        dryRun: values['dry-run'] ?? false,
      }
      const answer = await withApi((api) => api.request('POST', '/api/v1/redrives', body))
      if (body.dryRun) {
        print(answer, describePlan(planSchema.parse(answer)))
        return
      }
      const { id, total, perSecond } = redriveSchema.parse(answer)
      print(answer, `Redriving ${total} at ${perSecond} a second: ${id}. It stops if the failure returns.`)
    },

    async discard() {
      const fingerprint = required(rest[0], 'The fingerprint')
      const answer = await withApi((api) =>
        api.request('POST', '/api/v1/dead-letters/discard', { fingerprint }),
      )
      print(answer, `Discarded: ${JSON.stringify(answer)}`)
    },

    async queues() {
      const found = queuesSchema.parse(await withApi((api) => api.request('GET', '/api/v1/queues')))
      const lines = found.queues.map(
        ({ name, running, backlog, oldestAgeMs, paused, limit }) =>
          `${name.padEnd(24)} ${running} running of ${limit ?? 'any number'}, ${backlog} waiting, oldest ${age(oldestAgeMs)}${paused ? ', paused' : ''}`,
      )
      if (!found.engineAnswers)
        lines.push('The job engine does not answer; these counts are from the database.')
      print(found, lines.join('\n'))
    },

    pause: () => changeQueue('pause'),
    resume: () => changeQueue('resume'),

    async events() {
      const query = new URLSearchParams({
        limit: values.limit ?? '20',
        ...(values.state ? { state: values.state } : {}),
      })
      const found = eventsSchema.parse(await withApi((api) => api.request('GET', `/api/v1/events?${query}`)))
      print(
        found,
        found.events
          .map(
            ({ id, type, state, createdAt }) => `${createdAt}  ${state.padEnd(10)} ${type.padEnd(26)} ${id}`,
          )
          .join('\n'),
      )
    },

    async 'rerun-step'() {
      const step = required(rest[0], 'The step')
      const answer = rerunSchema.parse(
        await withApi((api) => api.request('POST', `/api/v1/steps/${encodeURIComponent(step)}/rerun`)),
      )
      print(answer, `Queued again: ${answer.steps.join(', ')}`)
    },
  }
}
