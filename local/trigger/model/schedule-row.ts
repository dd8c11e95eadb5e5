import type { ScheduleObject } from '@trigger.dev/core/v3'
import type { z } from 'zod'

import { environment } from './environment.ts'

/** A row of engine.schedules as the driver returns it. */
export type ScheduleRow = {
  id: string
  type: 'IMPERATIVE' | 'DECLARATIVE'
  task_id: string
  cron: string
  timezone: string
  deduplication_key: string | null
  external_id: string | null
  active: boolean
  next_at: Date | null
  last_at: Date | null
  created_at: Date
  updated_at: Date
}

/** Returns a schedule as the API shows it. */
export function describeSchedule(row: ScheduleRow): z.infer<typeof ScheduleObject> {
  return {
    id: row.id,
    type: row.type,
    task: row.task_id,
    active: row.active,
    deduplicationKey: row.deduplication_key,
    externalId: row.external_id,
    generator: { type: 'CRON', expression: row.cron, description: `At "${row.cron}" (${row.timezone})` },
    timezone: row.timezone,
    nextRun: row.active ? row.next_at : null,
    environments: [{ id: environment.id, type: environment.type }],
  }
}
