/**
 * `npm run bench -- jobs [--json]`: measures how long work waits before it starts and how much of it ends per second,
 * for the embedded job engine, for DBOS Transact and pg-boss on the same database, and for BullMQ if `redis-server` is
 * installed; also the cost of a step in this engine and in DBOS Transact. The work does nothing; only the engine runs
 * it in a separate process. The engine's start is measured from the commit of the event that requests the work, the
 * others' from the call that enqueues it. The measurements alternate, so that other load on the machine affects all of
 * them, and the medians are printed.
 */
import { startTestDatabase } from '#harness/start-test-database.ts'
import { measureBullmq } from '../measure/measure-bullmq.ts'
import { measureDbos } from '../measure/measure-dbos.ts'
import { type Measured, measureEngine } from '../measure/measure-engine.ts'
import { measureEvents } from '../measure/measure-events.ts'
import { measurePgBoss } from '../measure/measure-pg-boss.ts'
import { measureSteps } from '../measure/measure-steps.ts'
import { median, type Spread } from '../measure/percentiles.ts'

export interface JobsReport {
  engine: Measured
  dbos: Measured
  pgBoss: Measured
  bullmq: Measured | null
  /** The engine's start, measured from the call like the others'. */
  call: { startMs: Spread }
  /** The cost of a step without its work, when it is done and when a replay skips it. */
  step: { doneMs: Spread; skippedMs: Spread; dbosMs: Spread }
  /** How many times longer the engine takes to start, and how many times more it runs per second. */
  ratios: {
    startP50ToDbos: number
    throughputToDbos: number
    startP50ToPgBoss: number
    throughputToPgBoss: number
    startP50ToBullmq: number | null
    throughputToBullmq: number | null
  }
}

const samples = 100
const burst = 500
const rounds = 3

/** Runs every measurement once, on a new database. */
async function measureOnce() {
  const database = await startTestDatabase()
  try {
    const { connectionString } = database
    const events = await measureEvents({ connectionString, samples })
    const called = await measureEngine({ connectionString, samples, burst })
    const { stepMs, ...dbos } = await measureDbos({ connectionString, samples, burst })
    return {
      engine: { startMs: events.startMs, runsPerSecond: called.runsPerSecond },
      called,
      dbos,
      step: { ...(await measureSteps({ connectionString, samples })), dbosMs: stepMs },
      pgBoss: await measurePgBoss({ connectionString, samples, burst }),
      bullmq: await measureBullmq({ samples, burst }),
    }
  } finally {
    await database.stop()
  }
}

async function measure(): Promise<JobsReport> {
  const measured: Awaited<ReturnType<typeof measureOnce>>[] = []
  for (let round = 0; round < rounds; round += 1) measured.push(await measureOnce())
  const of = (one: (from: (typeof measured)[number]) => Measured): Measured => ({
    startMs: medianSpread(measured.map((each) => one(each).startMs)),
    runsPerSecond: median(measured.map((each) => one(each).runsPerSecond)),
  })
  const engine = of((each) => each.engine)
  const dbos = of((each) => each.dbos)
  const pgBoss = of((each) => each.pgBoss)
  const redis = measured.flatMap((each) => each.bullmq ?? [])
  const bullmq =
    redis.length === 0
      ? null
      : {
          startMs: medianSpread(redis.map((each) => each.startMs)),
          runsPerSecond: median(redis.map((each) => each.runsPerSecond)),
        }
  const called = medianSpread(measured.map((each) => each.called.startMs))
  const ratio = (one: number, other: number) => Math.round((one / other) * 100) / 100
  return {
    engine,
    dbos,
    pgBoss,
    bullmq,
    call: { startMs: called },
    step: {
      doneMs: medianSpread(measured.map((each) => each.step.doneMs)),
      skippedMs: medianSpread(measured.map((each) => each.step.skippedMs)),
      dbosMs: medianSpread(measured.map((each) => each.step.dbosMs)),
    },
    ratios: {
      startP50ToDbos: ratio(called.p50, dbos.startMs.p50),
      throughputToDbos: ratio(engine.runsPerSecond, dbos.runsPerSecond),
      startP50ToPgBoss: ratio(engine.startMs.p50, pgBoss.startMs.p50),
      throughputToPgBoss: ratio(engine.runsPerSecond, pgBoss.runsPerSecond),
      startP50ToBullmq: bullmq && ratio(engine.startMs.p50, bullmq.startMs.p50),
      throughputToBullmq: bullmq && ratio(engine.runsPerSecond, bullmq.runsPerSecond),
    },
  }
}

/** Returns the median of each figure over the rounds. */
function medianSpread(spreads: readonly Spread[]): Spread {
  return { p50: median(spreads.map(({ p50 }) => p50)), p95: median(spreads.map(({ p95 }) => p95)) }
}

function formatReport(report: JobsReport): string {
  const row = (name: string, measured: Measured | null) =>
    measured
      ? `  ${name.padEnd(28)}${`${measured.startMs.p50} ms`.padStart(12)}${`${measured.startMs.p95} ms`.padStart(12)}${String(measured.runsPerSecond).padStart(14)}`
      : `  ${name.padEnd(28)}not measured: there is no redis-server on this machine`
  return [
    `  ${''.padEnd(28)}${'start p50'.padStart(12)}${'start p95'.padStart(12)}${'runs a second'.padStart(14)}`,
    row('job engine, from the event', report.engine),
    row('job engine, from the call', { ...report.engine, ...report.call }),
    row('DBOS, same database', report.dbos),
    row('pg-boss, same database', report.pgBoss),
    row('BullMQ', report.bullmq),
    '',
    `  A step costs ${report.step.doneMs.p50} ms (p95 ${report.step.doneMs.p95}) when it is done, ${report.step.skippedMs.p50} ms (p95 ${report.step.skippedMs.p95}) when it is skipped. In DBOS it costs ${report.step.dbosMs.p50} ms (p95 ${report.step.dbosMs.p95}).`,
    'The engine runs each run in a process and stores its state; the others call a function.',
  ].join('\n')
}

const report = await measure()
console.log(process.argv.includes('--json') ? JSON.stringify(report, null, 2) : formatReport(report))
process.exit(0)
