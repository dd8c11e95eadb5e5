import type { ReplayRunRequestBody } from '@trigger.dev/core/v3'
import type { z } from 'zod'

import type { RunRow } from '../model/run-row.ts'
import { createRun, type RunCreation } from './create-run.ts'
import { findRun } from './find-run.ts'

type Changes = z.infer<typeof ReplayRunRequestBody>

/** Creates a new run like an existing one: the same payload, tags, metadata and limits unless changed. */
export async function replayRun(deps: RunCreation, runId: string, changes: Changes = {}): Promise<RunRow> {
  const original = await findRun(deps, runId)
  const machine = changes.machine
  const { run } = await createRun(deps, {
    taskId: original.task_id,
    payload: changes.payload === undefined ? original.payload : changes.payload,
    options: {
      payloadType:
        changes.payload === undefined ? original.payload_type : (changes.payloadType ?? 'application/json'),
      queue: { name: changes.queue ?? original.queue },
      concurrencyKey: changes.concurrencyKey ?? original.concurrency_key ?? undefined,
      concurrency: original.concurrency_limits ?? undefined,
      gates: original.gates ?? undefined,
      metadata: changes.metadata ?? original.metadata,
      tags: changes.tags ?? original.tags,
      machine,
      maxAttempts: changes.maxAttempts ?? original.max_attempts ?? undefined,
      maxDuration: changes.maxDuration ?? original.max_duration_s ?? undefined,
      priority: changes.priority ?? original.priority_s,
      delay: changes.delay,
      ttl: changes.ttl,
      idempotencyKey: changes.idempotencyKey,
      idempotencyKeyTTL: changes.idempotencyKeyTTL,
      test: original.is_test,
    },
    replayedFrom: original.id,
    traceparent: original.traceparent ?? undefined,
  })
  return run
}
