import { readFileSync } from 'node:fs'
import path from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { renderHttpMetrics } from '#lib/telemetry/http-metrics.ts'
import { renderJobMetrics } from '#lib/telemetry/job-metrics.ts'
import { parseMetrics } from '#test/lint-metrics.ts'

const folder = path.resolve(import.meta.dirname, '../../docs/operations')
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8')

/** The names of the metrics that /api/metrics exports. */
async function exportedMetrics() {
  const labels = { task: 'x', status: 'completed' }
  const total = { labels, bound: Number.POSITIVE_INFINITY, count: 1, sum: 1 }
  const text = await renderJobMetrics({
    totals: [
      { ...total, metric: 'run_ended' },
      { ...total, metric: 'run_seconds' },
    ],
    queues: [{ queue: 'x', backlog: 1, running: 1, oldestAgeSeconds: 1 }],
    pendingEvents: 1,
    oldestPendingEventAgeSeconds: 0,
    deadLetters: [{ type: 'x', count: 1 }],
    sermons: [{ facet: 'x', status: 'x', count: 1 }],
  })
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const own = [...parseMetrics(`${text}\n${await renderHttpMetrics()}`).keys()]
  return { own, all: [...own, ...registry.getMetricsAsArray().map(({ name }) => name)] }
}

/** The name of a metric without the suffix of a histogram series. */
const familyName = (name: string) => name.replace(/_(?:bucket|sum|count)$/, '')

const namedIn = (text: string) => [
  ...new Set(text.match(/\b(?:selah|process|nodejs)_[a-z0-9_]+\b/g)?.map(familyName) ?? []),
]

test.each(['grafana-dashboard.json', 'alerts.yml', 'telemetry.md'])(
  'every metric that %s names is exported',
  async (file) => {
    const named = namedIn(read(file))
    expect(named.length).toBeGreaterThan(3)
    const { all } = await exportedMetrics()
    expect(named.filter((name) => !all.includes(name))).toEqual([])
  },
)

test('every metric of Selah is on the dashboard and explained', async () => {
  const { own } = await exportedMetrics()
  expect(own.length).toBeGreaterThan(10)
  expect(own.filter((name) => !namedIn(read('grafana-dashboard.json')).includes(name))).toEqual([])
  expect(own.filter((name) => !namedIn(read('telemetry.md')).includes(name))).toEqual([])
})

test('Grafana accepts the dashboard: panels have unique ids and query the chosen data source', () => {
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
