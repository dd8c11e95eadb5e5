import { parsePacket } from '@trigger.dev/core/v3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { createIdleEngine } from '#test/create-idle-engine.ts'

import type { Engine } from '../compose-engine.ts'
import { chooseRuns } from '../execution/choose-runs.ts'
import type { RunRow } from '../model/run-row.ts'
import { isKeptWhileWaiting } from '../model/slots.ts'
import { createRun } from '../runs/create-run.ts'
import { findRun } from '../runs/find-run.ts'
import { listRuns } from '../runs/list-runs.ts'
import { requeueRuns } from '../runs/requeue-runs.ts'
import {
  activateSchedule,
  findSchedule,
  putSchedule,
  syncDeclaredSchedules,
} from '../schedules/keep-schedules.ts'
import { findWaitpoint } from '../waits/complete-waitpoints.ts'
import { createWaitpoint } from '../waits/create-waitpoint.ts'
import { pruneHistory } from './prune-history.ts'
import { sweep } from './sweep.ts'

const start = new Date('2026-01-01T00:00:30Z')
let database: TestDatabase
let engine: Engine
let setClock: (to: Date) => void
let stop: () => Promise<void>

beforeAll(async () => {
  database = await startTestDatabase()
  const idle = await createIdleEngine({
    connectionString: database.connectionString,
    startAt: start,
    tasks: [
      { id: 'nightly', schedule: { cron: '0 2 * * *', timezone: 'Europe/London' } },
      { id: 'ticking' },
      { id: 'plain' },
      { id: 'narrow', queue: { name: 'narrow', concurrencyLimit: 1 } },
    ],
  })
  engine = idle.engine
  setClock = idle.setClock
  stop = idle.stop
})

beforeEach(async () => {
  setClock(start)
  engine.served.clear()
  for (const holder of engine.slots.holders()) engine.slots.release(holder)
  await engine.db.query('truncate engine.runs, engine.attempts, engine.schedules, engine.waitpoints')
})

afterAll(async () => {
  await stop?.()
  await database?.stop()
})

function runsOf(taskId: string) {
  return engine.db.query<RunRow>('select * from engine.runs where task_id = $1 order by seq', [taskId])
}

function trigger(taskId: string, options: Parameters<typeof createRun>[1]['options'] = {}) {
  return createRun(engine, { taskId, payload: null, options })
}

describe('a schedule', () => {
  it('starts one run at each of its times, with that time in the payload', async () => {
    const schedule = await putSchedule(engine, {
      taskId: 'ticking',
      cron: '*/5 * * * *',
      timezone: 'UTC',
      deduplicationKey: 'five',
      externalId: 'church_1',
    })
    await sweep(engine)
    expect(await runsOf('ticking')).toHaveLength(0)
    setClock(new Date('2026-01-01T00:05:00Z'))
    await sweep(engine)
    await sweep(engine)
    setClock(new Date('2026-01-01T00:10:01Z'))
    await sweep(engine)
    const runs = await runsOf('ticking')
    expect(runs).toHaveLength(2)
    const payload = await parsePacket({ data: runs[1]?.payload ?? '', dataType: runs[1]?.payload_type ?? '' })
    expect(payload).toMatchObject({
      scheduleId: schedule.id,
      externalId: 'church_1',
      timestamp: new Date('2026-01-01T00:10:00Z'),
      lastTimestamp: new Date('2026-01-01T00:05:00Z'),
    })
  })

  it('starts one run for all the times it missed', async () => {
    await putSchedule(engine, {
      taskId: 'ticking',
      cron: '*/5 * * * *',
      timezone: 'UTC',
      deduplicationKey: 'five',
    })
    setClock(new Date('2026-01-03T00:00:30Z'))
    await sweep(engine)
    await sweep(engine)
    expect(await runsOf('ticking')).toHaveLength(1)
  })

  it('starts nothing while it is inactive, and continues from now when it is activated', async () => {
    const { id } = await putSchedule(engine, {
      taskId: 'ticking',
      cron: '0 * * * *',
      timezone: 'UTC',
      deduplicationKey: 'hourly',
    })
    await activateSchedule(engine, id, false)
    setClock(new Date('2026-01-01T05:30:00Z'))
    await sweep(engine)
    await activateSchedule(engine, id, true)
    await sweep(engine)
    expect(await runsOf('ticking')).toHaveLength(0)
    expect((await findSchedule(engine, id)).next_at).toEqual(new Date('2026-01-01T06:00:00Z'))
  })

  it('of a task follows the clock of its time zone, and is deleted with the task', async () => {
    await syncDeclaredSchedules(engine, engine.manifest())
    const next = async () =>
      (await engine.db.query<{ next_at: Date }>('select next_at from engine.schedules'))[0]?.next_at
    expect(await next()).toEqual(new Date('2026-01-01T02:00:00Z'))
    setClock(new Date('2026-07-01T00:30:00Z'))
    await sweep(engine)
    // In summer, 02:00 in London is 01:00 UTC.
    expect(await next()).toEqual(new Date('2026-07-01T01:00:00Z'))
    await syncDeclaredSchedules(engine, { ...engine.manifest(), tasks: [] })
    expect(await next()).toBeUndefined()
  })
})

describe('time', () => {
  it('queues a run that is delayed by a year on the right day, not before', async () => {
    const due = new Date(start.getTime() + 365 * 86_400_000)
    const { run } = await trigger('plain', { delay: due })
    setClock(new Date(due.getTime() - 1_000))
    await sweep(engine)
    expect((await findRun(engine, run.id)).status).toBe('DELAYED')
    setClock(due)
    await sweep(engine)
    expect((await findRun(engine, run.id)).status).toBe('QUEUED')
  })

  it('expires a run that never started, but not one that waits for another attempt', async () => {
    const { run: waiting } = await trigger('plain', { ttl: '10m' })
    const { run: attempted } = await trigger('plain', { ttl: '10m' })
    await engine.db.query('update engine.runs set started_at = $2 where id = $1', [attempted.id, start])
    setClock(new Date(start.getTime() + 601_000))
    await sweep(engine)
    expect((await findRun(engine, waiting.id)).status).toBe('EXPIRED')
    expect((await findRun(engine, attempted.id)).status).toBe('QUEUED')
  })

  it('deletes a run 90 days after it ended', async () => {
    const { run } = await trigger('plain')
    await engine.db.query(`update engine.runs set status = 'COMPLETED', finished_at = $2 where id = $1`, [
      run.id,
      start,
    ])
    setClock(new Date(start.getTime() + 89 * 86_400_000))
    await pruneHistory(engine)
    expect(await runsOf('plain')).toHaveLength(1)
    setClock(new Date(start.getTime() + 91 * 86_400_000))
    await pruneHistory(engine)
    expect(await runsOf('plain')).toHaveLength(0)
  })
})

describe('a clock that was ahead and is corrected', () => {
  const ahead = new Date(start.getTime() + 8 * 3_600_000)
  const corrected = new Date(start.getTime() + 5_000)
  const inMinutes = (minutes: number) => new Date(corrected.getTime() + minutes * 60_000)

  /** Sweeps while the clock is eight hours ahead, does `work`, and sweeps after the clock was corrected. */
  async function workAhead(work: () => Promise<unknown>) {
    await sweep(engine)
    setClock(ahead)
    await sweep(engine)
    await work()
    setClock(corrected)
    await sweep(engine)
  }

  it('does not delay a schedule: it continues with its next time', async () => {
    const every = { taskId: 'ticking', cron: '* * * * *', timezone: 'UTC', deduplicationKey: 'minute' }
    const { id } = await putSchedule(engine, every)
    await workAhead(async () => {
      // The sweep has moved its next time.
      expect((await findSchedule(engine, id)).next_at?.getTime()).toBeGreaterThan(ahead.getTime())
    })
    expect((await findSchedule(engine, id)).next_at).toEqual(new Date('2026-01-01T00:01:00Z'))
    const before = (await runsOf('ticking')).length
    setClock(new Date('2026-01-01T00:02:01Z'))
    await sweep(engine)
    await sweep(engine)
    expect((await runsOf('ticking')).length).toBeGreaterThanOrEqual(before)
    expect((await findSchedule(engine, id)).next_at).toEqual(new Date('2026-01-01T00:03:00Z'))
    setClock(new Date('2026-01-01T00:03:01Z'))
    await sweep(engine)
    expect((await runsOf('ticking')).length).toBeGreaterThan(before)
  })

  it('does not delay a queued run or a retry', async () => {
    await workAhead(async () => {
      await trigger('plain')
      const { run: retried } = await trigger('plain')
      await engine.db.query(`update engine.runs set run_at = run_at + interval '30 seconds' where id = $1`, [
        retried.id,
      ])
    })
    const [queued, retried] = await runsOf('plain')
    expect(queued?.run_at).toEqual(corrected)
    expect(retried?.run_at).toEqual(inMinutes(0.5))
  })

  it('keeps the length of a delay and of a time to live, and the date of a delay until a date', async () => {
    const date = new Date(start.getTime() + 24 * 3_600_000)
    await workAhead(async () => {
      await trigger('plain', { delay: '10m' })
      await trigger('plain', { delay: date })
      await trigger('plain', { ttl: '20m' })
    })
    const [delayed, dated, expiring] = await runsOf('plain')
    expect(delayed?.run_at).toEqual(inMinutes(10))
    expect(dated?.run_at).toEqual(date)
    expect(expiring?.expires_at).toEqual(inMinutes(20))
  })

  it('keeps the length of a wait', async () => {
    let id = ''
    await workAhead(async () => {
      const { waitpoint } = await createWaitpoint(engine, { type: 'MANUAL', timeout: '10m' })
      id = waitpoint.id
    })
    expect((await findWaitpoint(engine, id)).timeout_at).toEqual(inMinutes(10))
  })
})

describe('the queue', () => {
  const mostRoots = () => engine.limits.mostRoots

  async function choose(concurrency: number): Promise<RunRow[]> {
    const chosen = await chooseRuns({ ...engine, limits: { ...engine.limits, concurrency } })
    return Promise.all(chosen.map(({ id }) => findRun(engine, id)))
  }

  const keysOf = (runs: RunRow[]) => runs.map((run) => run.concurrency_key)

  it('serves each key in turn', async () => {
    for (let index = 0; index < 5; index++) await trigger('plain', { concurrencyKey: 'large' })
    await trigger('plain', { concurrencyKey: 'small' })
    expect(keysOf(await choose(2))).toEqual(['large', 'small'])
  })

  it('serves each church in turn, however many sub-queues another has', async () => {
    for (let index = 0; index < 5; index++) await trigger('plain', { concurrencyKey: `large/${index}` })
    await trigger('plain', { concurrencyKey: 'small/0' })
    expect(keysOf(await choose(2))).toEqual(['large/0', 'small/0'])
  })

  it('counts waiting runs: the next free process goes to the church that has none', async () => {
    for (let index = 0; index < 5; index++) await trigger('plain', { concurrencyKey: `large/${index}` })
    const first = await choose(10)
    expect(first).toHaveLength(mostRoots())
    // These runs wait for others now, and keep their processes.
    for (const run of first) engine.slots.release(run.id, (pool) => !isKeptWhileWaiting(pool))
    await trigger('plain', { concurrencyKey: 'small/0' })
    expect(await choose(10)).toEqual([])
    const [ended, waiting] = first
    if (!ended || !waiting) throw new Error('Two runs were expected')
    await engine.db.query(`update engine.runs set status = 'COMPLETED' where id = $1`, [ended.id])
    engine.slots.release(ended.id)
    expect(keysOf(await choose(10))).toEqual(['small/0'])
    // Runs that a waiting run triggered are not limited.
    const { run: child } = await createRun(engine, {
      taskId: 'plain',
      payload: null,
      options: {},
      parentId: waiting.id,
    })
    expect((await choose(10)).map(({ id }) => id)).toEqual([child.id])
  })

  it('respects the limits of queues and of the host, and pauses', async () => {
    for (let index = 0; index < 3; index++) await trigger('narrow')
    for (let index = 0; index < 3; index++) await trigger('plain')
    const paused = engine.queues.get('task/plain')
    if (paused) paused.paused = true
    expect(await choose(5)).toHaveLength(1)
    if (paused) paused.paused = false
    expect(await choose(3)).toHaveLength(2)
    expect(await choose(3)).toHaveLength(0)
  })

  it('queues the runs of a dead host again, and cancels those whose cancellation was requested', async () => {
    const { run } = await trigger('plain')
    const { run: cancelled } = await trigger('plain')
    await engine.db.query(
      `update engine.runs set status = 'EXECUTING', attempt_count = 2, host_id = 'host_dead' where id = any($1)`,
      [[run.id, cancelled.id]],
    )
    await engine.db.query('update engine.runs set cancel_requested_at = $2 where id = $1', [
      cancelled.id,
      start,
    ])
    await requeueRuns(engine.db.query, { now: start, outcome: 'host_lost' })
    expect(await findRun(engine, run.id)).toMatchObject({ status: 'QUEUED', attempt_count: 1, host_id: null })
    expect(await findRun(engine, cancelled.id)).toMatchObject({ status: 'CANCELED' })
  })
})

it('a list can be paged backwards', async () => {
  for (let index = 0; index < 5; index++) await trigger('plain')
  const all = (await listRuns(engine, new URLSearchParams())).runs.map((run) => run.id)
  const second = await listRuns(
    engine,
    new URLSearchParams({ 'page[size]': '2', 'page[after]': all[1] ?? '' }),
  )
  expect(second.runs.map((run) => run.id)).toEqual(all.slice(2, 4))
  const back = await listRuns(
    engine,
    new URLSearchParams({ 'page[size]': '2', 'page[before]': second.previous ?? '' }),
  )
  expect(back.runs.map((run) => run.id)).toEqual(all.slice(0, 2))
  expect(back.previous).toBeUndefined()
})
