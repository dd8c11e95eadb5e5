import { createJsonErrorObject, parsePacket } from '@trigger.dev/core/v3'

import type { Store } from '../database/store.ts'
import { environment } from '../model/environment.ts'
import type { RunRow } from '../model/run-row.ts'
import { isFailure, isFinal } from '../model/run-states.ts'
import { describeSchedule, type ScheduleRow } from '../model/schedule-row.ts'
import { signPacketUrl } from '../packets/sign-packet-url.ts'

/** The fields of every view of a run. */
function describeCommon(run: RunRow) {
  return {
    id: run.id,
    status: run.status,
    taskIdentifier: run.task_id,
    idempotencyKey: run.idempotency_key_options?.key ?? run.idempotency_key ?? undefined,
    version: run.version ?? undefined,
    isQueued: run.status === 'QUEUED' || run.status === 'DELAYED',
    isExecuting: run.status === 'EXECUTING',
    isWaiting: run.status === 'WAITING',
    isCompleted: isFinal(run.status),
    isSuccess: run.status === 'COMPLETED',
    isFailed: isFailure(run.status),
    isCancelled: run.status === 'CANCELED',
    isTest: run.is_test,
    createdAt: run.created_at,
    updatedAt: run.updated_at,
    startedAt: run.started_at ?? undefined,
    finishedAt: run.finished_at ?? undefined,
    delayedUntil: run.delayed_until ?? undefined,
    ttl: run.ttl ?? undefined,
    expiredAt: run.status === 'EXPIRED' ? run.finished_at : undefined,
    tags: run.tags,
    costInCents: 0,
    baseCostInCents: 0,
    durationMs: run.duration_ms,
    metadata: run.metadata,
  }
}

/** Returns a run as a list shows it. */
export function describeListedRun(run: RunRow) {
  return { ...describeCommon(run), env: { id: environment.id, name: environment.slug } }
}

function describeRelated(run: RunRow) {
  const batch = run.batch_id !== null
  return {
    ...describeCommon(run),
    depth: run.depth,
    triggerFunction: run.resume_parent
      ? batch
        ? 'batchTriggerAndWait'
        : 'triggerAndWait'
      : batch
        ? 'batchTrigger'
        : 'trigger',
    batchId: run.batch_id ?? undefined,
  }
}

type Describing = Store & { apiUrl: string; secretKey: string }

const mostChildren = 200

/** Returns everything about one run and its relatives. Large payloads and outputs are signed addresses. */
export async function describeRun(deps: Describing, run: RunRow) {
  const family = await deps.db.query<RunRow>(
    `(select * from engine.runs where id = any($1))
     union all (select * from engine.runs where parent_id = $2 order by seq limit ${mostChildren})`,
    [[run.parent_id, run.root_id].filter((id) => id !== null), run.id],
  )
  const [schedule] = run.schedule_id
    ? await deps.db.query<ScheduleRow>('select * from engine.schedules where id = $1', [run.schedule_id])
    : []
  const described = schedule && describeSchedule(schedule)
  const byId = (id: string | null) => {
    const found = family.find((candidate) => candidate.id === id)
    return found && describeRelated(found)
  }
  return {
    ...describeRelated(run),
    ...(await describePacket(deps, 'payload', run.payload, run.payload_type)),
    ...(await describePacket(deps, 'output', run.output, run.output_type)),
    error: run.error ? createJsonErrorObject(run.error) : undefined,
    schedule: described && {
      id: described.id,
      externalId: described.externalId ?? undefined,
      deduplicationKey: described.deduplicationKey ?? undefined,
      generator: described.generator,
    },
    relatedRuns: {
      root: byId(run.root_id),
      parent: byId(run.parent_id),
      children: family.filter((candidate) => candidate.parent_id === run.id).map(describeRelated),
    },
    attemptCount: run.attempt_count,
  }
}

async function describePacket(
  { apiUrl, secretKey, now }: Describing,
  field: 'payload' | 'output',
  data: string | null,
  dataType: string | null,
) {
  if (data === null) return {}
  if (dataType === 'application/store') {
    const url = signPacketUrl({ apiUrl, secretKey, name: data, verb: 'GET', now: now() })
    return { [`${field}PresignedUrl`]: url }
  }
  return { [field]: await parsePacket({ data, dataType: dataType ?? 'application/json' }) }
}
