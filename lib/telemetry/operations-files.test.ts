import { readFileSync } from 'node:fs'
import path from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { setJobMetrics } from '#lib/telemetry/job-metrics.ts'

const folder = path.resolve(import.meta.dirname, '../../docs/operations')
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8')

/** Each metric that /api/metrics exports, with its labels. */
function exportedMetrics() {
  const registry = new Registry()
  setJobMetrics(registry, {
    runs: [{ task: 'x', status: 'x', count: 1 }],
    tasks: [{ task: 'x', finished: 1, retries: 1, p50Seconds: 1, p95Seconds: 1 }],
    queues: [{ queue: 'x', backlog: 1, running: 1, oldestAgeSeconds: 1 }],
    events: [],
    oldestPendingEventAgeSeconds: 0,
    deadLetters: [{ type: 'x', count: 1 }],
    sermons: [{ facet: 'x', status: 'x', count: 1 }],
  })
  const ofJobs = registry.getMetricsAsArray().map(({ name }) => name)
  collectDefaultMetrics({ register: registry })
  const all = registry.getMetricsAsArray().map(({ name }) => name)
  return { ofJobs, all }
}

const namedIn = (text: string) => [...new Set(text.match(/\b(?:selah|process|nodejs)_[a-z0-9_]+\b/g) ?? [])]

test.each(['grafana-dashboard.json', 'alerts.yml', 'telemetry.md'])(
  'every metric that %s names is exported',
  (file) => {
    const named = namedIn(read(file))
    expect(named.length).toBeGreaterThan(3)
    const { all } = exportedMetrics()
    expect(named.filter((name) => !all.includes(name))).toEqual([])
  },
)

test('every metric of the jobs is on the dashboard and explained', () => {
  const { ofJobs } = exportedMetrics()
  expect(ofJobs.filter((name) => !namedIn(read('grafana-dashboard.json')).includes(name))).toEqual([])
  expect(ofJobs.filter((name) => !namedIn(read('telemetry.md')).includes(name))).toEqual([])
})

test('the dashboard is one that Grafana takes: panels with own ids that ask the chosen data source', () => {
  const dashboard = JSON.parse(read('grafana-dashboard.json')) as {
    uid: string
    schemaVersion: number
    panels: { id: number; type: string; targets?: { expr: string; datasource: { uid: string } }[] }[]
  }
  expect(dashboard).toMatchObject({ uid: 'selah', schemaVersion: 39 })
  const ids = dashboard.panels.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const targets = dashboard.panels.flatMap((panel) => panel.targets ?? [])
  expect(targets.length).toBeGreaterThan(15)
  for (const { expr, datasource } of targets) {
    expect(datasource.uid).toBe(['$', '{datasource}'].join(''))
    expect(expr).toContain('instance=~"$instance"')
  }
})
