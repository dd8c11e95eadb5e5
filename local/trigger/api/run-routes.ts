import {
  AddTagsRequestBody,
  ReplayRunRequestBody,
  RescheduleRunRequestBody,
  TriggerTaskRequestBody,
  UpdateMetadataRequestBody,
} from '@trigger.dev/core/v3'
import { z } from 'zod'

import { AppError } from '#lib/errors.ts'
import type { PathParameters } from '../../http/create-router.ts'
import { cancelRun } from '../execution/cancel-run.ts'
import { readMoment } from '../model/read-moment.ts'
import type { RunRow } from '../model/run-row.ts'
import { applyMetadata } from '../runs/apply-metadata.ts'
import { createRun } from '../runs/create-run.ts'
import { findRun } from '../runs/find-run.ts'
import { listRuns } from '../runs/list-runs.ts'
import { replayRun } from '../runs/replay-run.ts'
import { waitForRun } from '../waits/wait-for-run.ts'
import type { ApiRoute } from './api-route.ts'
import { check } from './check-body.ts'
import { describeListedRun, describeRun } from './describe-run.ts'
import { readTraceparent } from './read-traceparent.ts'

const mostTags = 10
const Reset = z.object({ taskIdentifier: z.string() })

const mayRead = (params: PathParameters) => [`read:runs:${params.id}`]
const mayWrite = (params: PathParameters) => [`write:runs:${params.id}`]

export const runRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/api/v1/tasks/:task/trigger',
    allows: ({ task }) => [`trigger:tasks:${task}`, `write:tasks:${task}`],
    async handle({ deps, params, json, raw }) {
      const body = check(TriggerTaskRequestBody, (await json()) ?? {})
      const options = body.options ?? {}
      const { run, isCached } = await createRun(deps, {
        taskId: params.task ?? '',
        payload: body.payload,
        options,
        parentId: options.parentRunId,
        resumeParent: options.resumeParentOnCompletion,
        batch: options.parentBatch ? { id: options.parentBatch } : undefined,
        traceparent: readTraceparent(raw),
      })
      if (options.resumeParentOnCompletion) await waitForRun(deps, options.parentRunId, run.id)
      return { body: { id: run.id, isCached } }
    },
  },
  {
    method: 'GET',
    path: '/api/v3/runs/:id',
    allows: mayRead,
    async handle({ deps, params }) {
      return { body: await describeRun(deps, await findRun(deps, params.id ?? '')) }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/runs',
    allows: () => ['read:runs'],
    async handle({ deps, url }) {
      const { runs, next, previous } = await listRuns(deps, url.searchParams)
      return { body: { data: runs.map(describeListedRun), pagination: { next, previous } } }
    },
  },
  {
    method: 'POST',
    path: '/api/v2/runs/:id/cancel',
    allows: mayWrite,
    async handle({ deps, params }) {
      await cancelRun(deps, params.id ?? '')
      return { body: { id: params.id } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/runs/:id/replay',
    allows: mayWrite,
    async handle({ deps, params, json }) {
      const run = await replayRun(deps, params.id ?? '', check(ReplayRunRequestBody, (await json()) ?? {}))
      return { body: { id: run.id } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/runs/:id/reschedule',
    allows: mayWrite,
    async handle({ deps, params, json }) {
      const { delay } = check(RescheduleRunRequestBody, await json())
      const runAt = readMoment(delay, deps.now())
      const [run] = await deps.db.query<RunRow>(
        `update engine.runs set run_at = $2, delayed_until = $2, updated_at = $3,
           order_at = $2::timestamptz - make_interval(secs => priority_s)
         where id = $1 and status = 'DELAYED' returning *`,
        [params.id, runAt, deps.now()],
      )
      if (!run) {
        await findRun(deps, params.id ?? '')
        throw new AppError('unprocessable', 'Only a run that is still delayed can be rescheduled.')
      }
      deps.wakeAt(runAt)
      return { body: await describeRun(deps, run) }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/runs/:id/tags',
    allows: mayWrite,
    async handle({ deps, params, json }) {
      const { tags } = check(AddTagsRequestBody, await json())
      const added = typeof tags === 'string' ? [tags] : tags
      const run = await findRun(deps, params.id ?? '')
      const all = [...new Set([...run.tags, ...added])]
      if (all.length > mostTags) {
        throw new AppError(
          'unprocessable',
          `A run can have ${mostTags} tags; this request would make ${all.length}.`,
        )
      }
      await deps.db.query('update engine.runs set tags = $2, updated_at = $3 where id = $1', [
        run.id,
        all,
        deps.now(),
      ])
      return { body: { message: `The run has ${all.length} tags.` } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/runs/:id/metadata',
    allows: mayRead,
    async handle({ deps, params }) {
      const run = await findRun(deps, params.id ?? '')
      return { body: { metadata: run.metadata } }
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/runs/:id/metadata',
    allows: mayWrite,
    async handle({ deps, params, json }) {
      const update = check(UpdateMetadataRequestBody, (await json()) ?? {})
      const run = await findRun(deps, params.id ?? '')
      return { body: { metadata: (await applyMetadata(deps, run, update)) ?? {} } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/idempotencyKeys/:key/reset',
    async handle({ deps, params, json }) {
      const { taskIdentifier } = check(Reset, await json())
      const [run] = await deps.db.query<{ id: string }>(
        `update engine.runs set idempotency_key = null where task_id = $1 and idempotency_key = $2 returning id`,
        [taskIdentifier, params.key],
      )
      if (!run) throw new AppError('not_found', 'No run of this task has that idempotency key.')
      return { body: { id: params.key } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/auth/jwt/claims',
    async handle({ deps }) {
      return { body: { sub: deps.hostId, pub: true } }
    },
  },
]
