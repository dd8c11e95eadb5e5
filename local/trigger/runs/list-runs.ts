import { parseNaturalLanguageDurationInMs } from '@trigger.dev/core/v3/isomorphic'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import type { RunRow } from '../model/run-row.ts'

const defaultSize = 25
const mostSize = 100

/**
 * Lists a page of runs, newest first, by the SDK's query parameters: `filter[status]`,
 * `filter[taskIdentifier]`, `filter[tag]`, `filter[queue]`, `filter[batch]`, `filter[schedule]`,
 * `filter[isTest]`, `filter[version]`, `filter[machine]`, `filter[createdAt][from|to|period]`,
 * `page[size|after|before]`. Cursors are run ids.
 */
export async function listRuns(
  { db, now }: Store,
  search: URLSearchParams,
): Promise<{ runs: RunRow[]; next: string | undefined; previous: string | undefined }> {
  const conditions: string[] = []
  const values: unknown[] = []
  const where = (condition: (place: string) => string, value: unknown) => {
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  const list = (name: string) => search.get(`filter[${name}]`)?.split(',').filter(Boolean)
  const anyOf = (name: string, column: string) => {
    const allowed = list(name)
    if (allowed?.length) where((place) => `${column} = any(${place})`, allowed)
  }
  anyOf('status', 'status')
  anyOf('taskIdentifier', 'task_id')
  anyOf('queue', 'queue')
  anyOf('batch', 'batch_id')
  anyOf('schedule', 'schedule_id')
  anyOf('version', 'version')
  anyOf('machine', 'machine')
  const tags = list('tag')
  if (tags?.length) where((place) => `tags && ${place}`, tags)
  const isTest = search.get('filter[isTest]')
  if (isTest) where((place) => `is_test = ${place}`, isTest === 'true')
  const from = readTime(search.get('filter[createdAt][from]'))
  if (from) where((place) => `created_at >= ${place}`, from)
  const to = readTime(search.get('filter[createdAt][to]'))
  if (to) where((place) => `created_at <= ${place}`, to)
  const period = search.get('filter[createdAt][period]')
  if (period) where((place) => `created_at >= ${place}`, readPeriod(period, now()))

  const size = Math.min(Math.max(Number(search.get('page[size]')) || defaultSize, 1), mostSize)
  const after = search.get('page[after]')
  const before = search.get('page[before]')
  const cursor = before ?? after
  if (cursor) {
    where((place) => `seq ${before ? '>' : '<'} (select seq from engine.runs where id = ${place})`, cursor)
  }
  const rows = await db.query<RunRow>(
    `select * from engine.runs ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by seq ${before ? 'asc' : 'desc'} limit ${size + 1}`,
    values,
  )
  const more = rows.length > size
  const runs = before ? rows.slice(0, size).reverse() : rows.slice(0, size)
  const first = runs[0]?.id
  const last = runs.at(-1)?.id
  return {
    runs,
    next: before || more ? last : undefined,
    previous: before ? (more ? first : undefined) : after ? first : undefined,
  }
}

function readTime(text: string | null): Date | undefined {
  if (!text) return
  const date = new Date(/^\d+$/.test(text) ? Number(text) : text)
  if (Number.isNaN(date.getTime())) throw new AppError('bad_request', `"${text}" is not a time.`)
  return date
}

function readPeriod(text: string, now: Date): Date {
  const lengthMs = parseNaturalLanguageDurationInMs(text)
  if (lengthMs === undefined) throw new AppError('bad_request', `"${text}" is not a period such as "24h".`)
  return new Date(now.getTime() - lengthMs)
}
