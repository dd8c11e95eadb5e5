import { Gauge, type Registry } from 'prom-client'
import type { JobFigures } from '#lib/telemetry/read-job-figures.ts'

/** Puts the figures of background work into a registry, one gauge for each kind. */
export function setJobMetrics(registry: Registry, figures: JobFigures): void {
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] })

  const runs = gauge('selah_runs', 'Runs asked for in the last 24 hours, by what became of them.', [
    'task',
    'status',
  ])
  for (const { task, status, count } of figures.runs) runs.set({ task, status }, count)

  const durations = gauge(
    'selah_run_duration_seconds',
    'Time from start to end of the runs that completed in the last hour.',
    ['task', 'quantile'],
  )
  const finished = gauge('selah_runs_finished_last_hour', 'Runs that ended in the last hour, however.', [
    'task',
  ])
  const retries = gauge(
    'selah_run_retries_last_hour',
    'Attempts beyond the first of the runs that ended in the last hour.',
    ['task'],
  )
  for (const task of figures.tasks) {
    durations.set({ task: task.task, quantile: '0.5' }, task.p50Seconds)
    durations.set({ task: task.task, quantile: '0.95' }, task.p95Seconds)
    finished.set({ task: task.task }, task.finished)
    retries.set({ task: task.task }, task.retries)
  }

  const backlog = gauge('selah_queue_backlog', 'Runs that wait for their turn.', ['queue'])
  const running = gauge('selah_queue_running', 'Runs that are being worked on.', ['queue'])
  const age = gauge('selah_queue_oldest_age_seconds', 'How long ago the oldest waiting run was asked for.', [
    'queue',
  ])
  for (const queue of figures.queues) {
    backlog.set({ queue: queue.queue }, queue.backlog)
    running.set({ queue: queue.queue }, queue.running)
    age.set({ queue: queue.queue }, queue.oldestAgeSeconds)
  }

  const events = gauge('selah_events', 'All pending events; of other states, those of the last 24 hours.', [
    'state',
  ])
  for (const state of ['pending', 'forwarded', 'dead', 'cancelled']) events.set({ state }, 0)
  for (const { state, count } of figures.events) events.set({ state }, count)
  gauge(
    'selah_oldest_pending_event_age_seconds',
    'How long the oldest event has waited to be handed to the job engine; 0 when none waits.',
  ).set(figures.oldestPendingEventAgeSeconds)

  const deadLetters = gauge('selah_dead_letters_open', 'Work that stopped and waits for an operator.', [
    'type',
  ])
  for (const { type, count } of figures.deadLetters) deadLetters.set({ type }, count)

  const sermons = gauge('selah_sermons', 'Sermons by the state of each of their facets.', ['facet', 'status'])
  for (const { facet, status, count } of figures.sermons) sermons.set({ facet, status }, count)
}
