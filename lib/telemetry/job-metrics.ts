import { Counter, Gauge, Registry } from 'prom-client'
import { runSecondsBounds } from '#lib/telemetry/metric-totals.ts'
import type { JobFigures } from '#lib/telemetry/read-job-figures.ts'
import { type HistogramSeries, renderHistogram } from '#lib/telemetry/render-histogram.ts'

/** The figures of background work in Prometheus' text format. */
export async function renderJobMetrics(figures: JobFigures): Promise<string> {
  const registry = new Registry()
  countTotals(registry, figures)
  gaugeState(registry, figures)
  const durations = renderHistogram(
    {
      name: 'selah_run_duration_seconds',
      help: 'Time from the start of a run to its end, of all runs that started and ended.',
      bounds: runSecondsBounds,
    },
    durationSeries(figures.totals),
  )
  return `${await registry.metrics()}\n${durations}`
}

function countTotals(registry: Registry, { totals }: JobFigures): void {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const ended = counter('selah_runs_finished_total', 'Runs that ended, by how they ended.', [
    'task',
    'status',
  ])
  const retries = counter('selah_run_retries_total', 'Attempts after the first one of runs that ended.', [
    'task',
  ])
  const processed = counter(
    'selah_events_processed_total',
    'Events that left the outbox, by their new state.',
    ['state'],
  )
  for (const state of ['forwarded', 'dead', 'cancelled']) processed.inc({ state }, 0)
  const created = counter('selah_dead_letters_created_total', 'Dead letters that were ever created.', [
    'type',
  ])
  for (const { metric, labels, count, sum } of totals) {
    const { task = '', status = '', state = '', type = '' } = labels
    if (metric === 'run_ended') {
      ended.inc({ task, status }, count)
      retries.inc({ task }, sum)
    }
    if (metric === 'event_processed') processed.inc({ state }, count)
    if (metric === 'dead_letter_created') created.inc({ type }, count)
  }
}

function gaugeState(registry: Registry, figures: JobFigures): void {
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const backlog = gauge('selah_queue_backlog', 'Runs that are queued.', ['queue'])
  const running = gauge('selah_queue_running', 'Runs that are running.', ['queue'])
  const age = gauge('selah_queue_oldest_age_seconds', 'Time since the oldest queued run was requested.', [
    'queue',
  ])
  for (const queue of figures.queues) {
    backlog.set({ queue: queue.queue }, queue.backlog)
    running.set({ queue: queue.queue }, queue.running)
    age.set({ queue: queue.queue }, queue.oldestAgeSeconds)
  }
  gauge('selah_events_pending', 'Events that wait to be sent to the job engine.').set(figures.pendingEvents)
  gauge(
    'selah_oldest_pending_event_age_seconds',
    'How long the oldest pending event has waited; 0 when none is pending.',
  ).set(figures.oldestPendingEventAgeSeconds)
  const deadLetters = gauge('selah_dead_letters_open', 'Failed work that waits for an operator.', ['type'])
  for (const { type, count } of figures.deadLetters) deadLetters.set({ type }, count)
  const sermons = gauge('selah_sermons', 'Sermons by the status of each facet.', ['facet', 'status'])
  for (const { facet, status, count } of figures.sermons) sermons.set({ facet, status }, count)
}

function durationSeries(totals: JobFigures['totals']): HistogramSeries[] {
  const series = new Map<
    string,
    { labels: Record<string, string>; counts: Map<number, number>; sum: number }
  >()
  for (const { metric, labels, bound, count, sum } of totals) {
    if (metric !== 'run_seconds') continue
    const { task = '', status = '' } = labels
    const key = JSON.stringify([task, status])
    const entry = series.get(key) ?? { labels: { task, status }, counts: new Map<number, number>(), sum: 0 }
    entry.counts.set(bound, count)
    entry.sum += sum
    series.set(key, entry)
  }
  return [...series.values()]
}
