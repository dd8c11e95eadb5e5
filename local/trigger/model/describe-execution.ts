import type { MachinePreset, TaskRunExecution, WorkerManifest } from '@trigger.dev/core/v3'

import { AppError } from '#lib/errors.ts'

import { environment } from './environment.ts'
import type { RunRow } from './run-row.ts'

/** Describes an attempt to the worker that executes it. Throws not_found when the build lacks the task. */
export function describeExecution(attempt: {
  run: RunRow
  build: { manifest: WorkerManifest; version: string; projectRef: string }
  machine: MachinePreset
  queueId: string | undefined
  now: Date
}): TaskRunExecution {
  const { run, build, machine, now } = attempt
  const task = build.manifest.tasks.find((candidate) => candidate.id === run.task_id)
  if (!task) throw new AppError('not_found', `There is no task "${run.task_id}" in this project.`)
  const maxAttempts = run.max_attempts ?? task.retry?.maxAttempts
  const maxDuration = run.max_duration_s ?? task.maxDuration
  const key = run.idempotency_key_options
  return {
    task: { id: task.id, filePath: task.filePath },
    attempt: { number: run.attempt_count, startedAt: now },
    run: {
      id: run.id,
      payload: run.payload ?? '',
      payloadType: run.payload_type,
      tags: run.tags,
      isTest: run.is_test,
      isReplay: run.replayed_from !== null,
      createdAt: run.created_at,
      startedAt: run.started_at ?? now,
      ...(key ? { idempotencyKey: key.key, idempotencyKeyScope: key.scope } : {}),
      ...(!key && run.idempotency_key ? { idempotencyKey: run.idempotency_key } : {}),
      ...(maxAttempts === undefined ? {} : { maxAttempts }),
      ...(maxDuration === undefined ? {} : { maxDuration }),
      ...(run.parent_id ? { parentTaskRunId: run.parent_id } : {}),
      ...(run.root_id ? { rootTaskRunId: run.root_id } : {}),
      version: build.version,
      // Metadata is JSON by construction; the worker parses it again.
      metadata: JSON.parse(JSON.stringify(run.metadata)),
      priority: run.priority_s,
      durationMs: run.duration_ms,
      costInCents: 0,
      baseCostInCents: 0,
    },
    queue: { id: attempt.queueId ?? `queue_${run.queue}`, name: run.queue },
    environment,
    organization: { id: 'org_local', slug: 'local', name: 'This installation' },
    project: { id: 'proj_local', ref: build.projectRef, slug: build.projectRef, name: build.projectRef },
    machine,
    ...(run.batch_id ? { batch: { id: run.batch_id } } : {}),
  }
}
