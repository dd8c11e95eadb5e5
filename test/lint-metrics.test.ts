import { expect, test } from 'vitest'
import { lintMetrics, parseMetrics } from './lint-metrics.ts'

const counter = '# HELP things_total Things.\n# TYPE things_total counter\nthings_total{kind="a"} 1\n'
const histogram = [
  '# HELP wait_seconds Waits.',
  '# TYPE wait_seconds histogram',
  'wait_seconds_bucket{le="1"} 1',
  'wait_seconds_bucket{le="+Inf"} 3',
  'wait_seconds_sum 12',
  'wait_seconds_count 3',
  '',
].join('\n')

test('metrics that Prometheus accepts have no problem', () => {
  expect(lintMetrics(`${counter}\n${histogram}`)).toEqual([])
})

test.each([
  ['a counter without _total', counter.replaceAll('things_total', 'things'), 'without the suffix'],
  ['a gauge with _total', counter.replace(' counter', ' gauge'), 'is not a counter'],
  ['a missing help text', counter.replace(/# HELP.*\n/, ''), 'no help text'],
  ['a missing type', counter.replace(/# TYPE.*\n/, ''), 'no type'],
  ['a scaled unit', counter.replaceAll('things', 'wait_milliseconds'), 'base units'],
  ['an abbreviated unit', counter.replaceAll('things', 'wait_ms'), 'abbreviated'],
  ['quantiles of a gauge', '# HELP a A.\n# TYPE a gauge\na{quantile="0.5"} 1\n', 'quantile'],
  ['decreasing buckets', histogram.replace('"1"} 1', '"1"} 4'), 'do not increase'],
  ['no bucket for everything', histogram.replace(/.*\+Inf.*\n/, ''), 'no bucket +Inf'],
  ['a count that differs from its buckets', histogram.replace('count 3', 'count 2'), 'not its last bucket'],
  ['no sum', histogram.replace(/.*_sum.*\n/, ''), 'no sum'],
])('%s is reported', (_what, text, problem) => {
  expect(lintMetrics(text).join('\n')).toContain(problem)
})

test.each(['things', 'things{a=1} 1', 'things one', '# TYPE a counter\n# TYPE a counter', 'a 1\na 2'])(
  '%j is not the text format',
  (text) => {
    expect(() => parseMetrics(text)).toThrow()
  },
)
