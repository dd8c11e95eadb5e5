import { parsePacket } from '@trigger.dev/core/v3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { createIdleEngine } from '#test/create-idle-engine.ts'
import { startTestDatabase, type TestDatabase } from '#test/start-test-database.ts'

import type { Engine } from './engine.ts'
import { admitRuns } from './execution/admit-runs.ts'
import { isKeptWhileWaiting } from './execution/count-slots.ts'
import { sweep } from './execution/sweep.ts'
import { pruneHistory } from './prune-history.ts'
import { createRun } from './runs/create-run.ts'
import { returnToLine } from './runs/end-run.ts'
import { findRun } from './runs/find-run.ts'
import { listRuns } from './runs/list-runs.ts'
import type { RunRow } from './runs/run-row.ts'
import {
  activateSchedule,
  findSchedule,
  putSchedule,
  syncDeclaredSchedules,
} from './schedules/keep-schedules.ts'

const start = new Date('2026-01-01T00:00:30Z')
let database: TestDatabase
let engine: Engine
let turnClock: (to: Date) => void
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
  turnClock = idle.turnClock
  stop = idle.stop
})

beforeEach(async () => {
  turnClock(start)
  engine.admitted.clear()
  engine.served.clear()
  for (const holder of engine.slots.holders()) engine.slots.release(holder)
  await engine.db.query('truncate engine.runs, engine.attempts, engine.schedules')
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
  it('starts one run at each of its times, and tells it when', async () => {
    const schedule = await putSchedule(engine, {
      taskId: 'ticking',
      cron: '*/5 * * * *',
      timezone: 'UTC',
      deduplicationKey: 'five',
      externalId: 'church_1',
    })
    await sweep(engine)
    expect(await runsOf('ticking')).toHaveLength(0)
    turnClock(new Date('2026-01-01T00:05:00Z'))
    await sweep(engine)
    await sweep(engine)
    turnClock(new Date('2026-01-01T00:10:01Z'))
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

  it('makes up for all the times it missed with one run', async () => {
    await putSchedule(engine, {
      taskId: 'ticking',
      cron: '*/5 * * * *',
      timezone: 'UTC',
      deduplicationKey: 'five',
    })
    turnClock(new Date('2026-01-03T00:00:30Z'))
    await sweep(engine)
    await sweep(engine)
    expect(await runsOf('ticking')).toHaveLength(1)
  })

  it('that was switched off starts nothing, and goes on from now when switched on', async () => {
    const { id } = await putSchedule(engine, {
      taskId: 'ticking',
      cron: '0 * * * *',
      timezone: 'UTC',
      deduplicationKey: 'hourly',
    })
    await activateSchedule(engine, id, false)
    turnClock(new Date('2026-01-01T05:30:00Z'))
    await sweep(engine)
    await activateSchedule(engine, id, true)
    await sweep(engine)
    expect(await runsOf('ticking')).toHaveLength(0)
    expect((await findSchedule(engine, id)).next_at).toEqual(new Date('2026-01-01T06:00:00Z'))
  })

  it('declared by a task follows the clocks of its place, and goes when the task does', async () => {
    await syncDeclaredSchedules(engine, engine.build.manifest)
    const next = async () =>
      (await engine.db.query<{ next_at: Date }>('select next_at from engine.schedules'))[0]?.next_at
    expect(await next()).toEqual(new Date('2026-01-01T02:00:00Z'))
    turnClock(new Date('2026-07-01T00:30:00Z'))
    await sweep(engine)
    // Summer time: two in the morning in London is one in the morning elsewhere.
    expect(await next()).toEqual(new Date('2026-07-01T01:00:00Z'))
    await syncDeclaredSchedules(engine, { ...engine.build.manifest, tasks: [] })
    expect(await next()).toBeUndefined()
  })
})

describe('time', () => {
  it('lets a run asked for a year ahead into the line on its day, not before', async () => {
    const due = new Date(start.getTime() + 365 * 86_400_000)
    const { run } = await trigger('plain', { delay: due })
    turnClock(new Date(due.getTime() - 1_000))
    await sweep(engine)
    expect((await findRun(engine, run.id)).status).toBe('DELAYED')
    turnClock(due)
    await sweep(engine)
    expect((await findRun(engine, run.id)).status).toBe('QUEUED')
  })

  it('expires a run that never started, and spares one that waits for its second try', async () => {
    const { run: waiting } = await trigger('plain', { ttl: '10m' })
    const { run: tried } = await trigger('plain', { ttl: '10m' })
    await engine.db.query('update engine.runs set started_at = $2 where id = $1', [tried.id, start])
    turnClock(new Date(start.getTime() + 601_000))
    await sweep(engine)
    expect((await findRun(engine, waiting.id)).status).toBe('EXPIRED')
    expect((await findRun(engine, tried.id)).status).toBe('QUEUED')
  })

  it('removes a run with its attempts 90 days after it ended', async () => {
    const { run } = await trigger('plain')
    await engine.db.query(`update engine.runs set status = 'COMPLETED', finished_at = $2 where id = $1`, [
      run.id,
      start,
    ])
    turnClock(new Date(start.getTime() + 89 * 86_400_000))
    await pruneHistory(engine)
    expect(await runsOf('plain')).toHaveLength(1)
    turnClock(new Date(start.getTime() + 91 * 86_400_000))
    await pruneHistory(engine)
    expect(await runsOf('plain')).toHaveLength(0)
  })
})

describe('the line', () => {
  it('gives each key its turn', async () => {
    for (let index = 0; index < 5; index++) await trigger('plain', { concurrencyKey: 'large' })
    await trigger('plain', { concurrencyKey: 'small' })
    await admitRuns(engine, 2)
    const taken = (await runsOf('plain')).filter((run) => run.status === 'DEQUEUED')
    expect(taken.map((run) => run.concurrency_key)).toEqual(['large', 'small'])
  })

  it('gives each church its turn, however many sermons of another stand in lines of their own', async () => {
    for (let index = 0; index < 5; index++) await trigger('plain', { concurrencyKey: `large/${index}` })
    await trigger('plain', { concurrencyKey: 'small/0' })
    await admitRuns(engine, 2)
    const taken = (await runsOf('plain')).filter((run) => run.status === 'DEQUEUED')
    expect(taken.map((run) => run.concurrency_key)).toEqual(['large/0', 'small/0'])
  })

  it('counts what waits for others: the next free process goes to the church that has none', async () => {
    for (let index = 0; index < 5; index++) await trigger('plain', { concurrencyKey: `large/${index}` })
    await admitRuns(engine, 10)
    const first = (await runsOf('plain')).filter((run) => run.status === 'DEQUEUED')
    expect(first).toHaveLength(engine.mostRoots)
    // They wait for others now, and keep their processes.
    for (const run of first) engine.slots.release(run.id, (pool) => !isKeptWhileWaiting(pool))
    await trigger('plain', { concurrencyKey: 'small/0' })
    expect(await admitRuns(engine, 10)).toEqual([])
    engine.slots.release(first[0]?.id ?? '')
    expect(await admitRuns(engine, 10)).toHaveLength(1)
    const [last] = (await runsOf('plain')).filter(
      (run) => run.status === 'DEQUEUED' && !first.some(({ id }) => id === run.id),
    )
    expect(last?.concurrency_key).toBe('small/0')
    // What a waiting run starts is not held back.
    await createRun(engine, { taskId: 'plain', payload: null, options: {}, parentId: first[1]?.id })
    expect(await admitRuns(engine, 10)).toHaveLength(1)
  })

  it('keeps to the limit of a queue, of the host, and to pauses', async () => {
    for (let index = 0; index < 3; index++) await trigger('narrow')
    for (let index = 0; index < 3; index++) await trigger('plain')
    const paused = engine.queues.get('task/plain')
    if (paused) paused.paused = true
    expect(await admitRuns(engine, 5)).toHaveLength(1)
    if (paused) paused.paused = false
    expect(await admitRuns(engine, 3)).toHaveLength(2)
    expect(await admitRuns(engine, 3)).toHaveLength(0)
  })

  it('takes back what a dead host held, and cancels what somebody asked to cancel', async () => {
    const { run } = await trigger('plain')
    const { run: unwanted } = await trigger('plain')
    await engine.db.query(
      `update engine.runs set status = 'EXECUTING', attempt_count = 2, host_id = 'host_dead' where id = any($1)`,
      [[run.id, unwanted.id]],
    )
    await engine.db.query('update engine.runs set cancel_requested_at = $2 where id = $1', [
      unwanted.id,
      start,
    ])
    await returnToLine(engine.db.query, { now: start, outcome: 'host_lost' })
    expect(await findRun(engine, run.id)).toMatchObject({ status: 'QUEUED', attempt_count: 1, host_id: null })
    expect(await findRun(engine, unwanted.id)).toMatchObject({ status: 'CANCELED' })
  })
})

it('pages backwards to where it came from', async () => {
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
