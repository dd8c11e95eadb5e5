/**
 * `npm run bench -- jobs [--json]`: how long work waits before it starts, and how much of it ends per
 * second, for the embedded job engine, for pg-boss alone on the same database, and for BullMQ where a
 * `redis-server` is installed; and what a step costs. The work does nothing; only the engine gives it a
 * process of its own. The engine's start is measured from the commit of the event that requests the work,
 * the others' from the call that enqueues it.
 */
import { startTestDatabase } from '#harness/start-test-database.ts'
import { measureBullmq } from '../measure/measure-bullmq.ts'
import { type Measured, measureEngine } from '../measure/measure-engine.ts'
import { measureEvents } from '../measure/measure-events.ts'
import { measurePgBoss } from '../measure/measure-pg-boss.ts'
import { measureSteps } from '../measure/measure-steps.ts'
import type { Spread } from '../measure/percentiles.ts'

export interface JobsReport {
  engine: Measured
  pgBoss: Measured
  bullmq: Measured | null
  /** The engine's start from the call that enqueues, as the others' is measured. */
  call: { startMs: Spread }
  /** What a step costs beside its work, when it is done and when a replay skips it. */
  step: { doneMs: Spread; skippedMs: Spread }
  /** How many times longer the engine takes to start, and how many times more it runs per second. */
  ratios: {
    startP50ToPgBoss: number
    throughputToPgBoss: number
    startP50ToBullmq: number | null
    throughputToBullmq: number | null
  }
}

const samples = 100
const burst = 500

async function measure(): Promise<JobsReport> {
  const database = await startTestDatabase()
  try {
    const { connectionString } = database
    const events = await measureEvents({ connectionString, samples })
    const called = await measureEngine({ connectionString, samples, burst })
    const engine = { startMs: events.startMs, runsPerSecond: called.runsPerSecond }
    const step = await measureSteps({ connectionString, samples })
    const pgBoss = await measurePgBoss({ connectionString, samples, burst })
    const bullmq = await measureBullmq({ samples, burst })
    const ratio = (one: number, other: number) => Math.round((one / other) * 100) / 100
    return {
      engine,
      pgBoss,
      bullmq,
      call: { startMs: called.startMs },
      step,
      ratios: {
        startP50ToPgBoss: ratio(engine.startMs.p50, pgBoss.startMs.p50),
        throughputToPgBoss: ratio(engine.runsPerSecond, pgBoss.runsPerSecond),
        startP50ToBullmq: bullmq && ratio(engine.startMs.p50, bullmq.startMs.p50),
        throughputToBullmq: bullmq && ratio(engine.runsPerSecond, bullmq.runsPerSecond),
      },
    }
  } finally {
    await database.stop()
  }
}

function inWords(report: JobsReport): string {
  const row = (name: string, measured: Measured | null) =>
    measured
      ? `  ${name.padEnd(28)}${`${measured.startMs.p50} ms`.padStart(12)}${`${measured.startMs.p95} ms`.padStart(12)}${String(measured.runsPerSecond).padStart(14)}`
      : `  ${name.padEnd(28)}not measured: there is no redis-server on this machine`
  return [
    `  ${''.padEnd(28)}${'start p50'.padStart(12)}${'start p95'.padStart(12)}${'runs a second'.padStart(14)}`,
    row('job engine, from the event', report.engine),
    row('job engine, from the call', { ...report.engine, ...report.call }),
    row('pg-boss, same database', report.pgBoss),
    row('BullMQ', report.bullmq),
    '',
    `  A step costs ${report.step.doneMs.p50} ms (p95 ${report.step.doneMs.p95}) when it is done, ${report.step.skippedMs.p50} ms (p95 ${report.step.skippedMs.p95}) when it is skipped.`,
    'The engine gives each run a process of its own and keeps its state; the others call a function.',
  ].join('\n')
}

const report = await measure()
console.log(process.argv.includes('--json') ? JSON.stringify(report, null, 2) : inWords(report))
process.exit(0)
