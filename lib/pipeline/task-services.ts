import { context, trace } from '@opentelemetry/api'
import { locals, type TaskRunContext } from '@trigger.dev/sdk'
import type { Services } from '#lib/create-services.ts'
import type { RunContext } from '#lib/runs/record-run.ts'

export const servicesLocal = locals.create<Services>('services')

/** The services that are open for this run. */
export function taskServices(): Services {
  return locals.getOrThrow(servicesLocal)
}

/** The parts of the engine's description of a run that are stored in its record. */
export function toRunContext(ctx: TaskRunContext, payload: unknown): RunContext {
  return {
    runId: ctx.run.id,
    taskId: ctx.task.id,
    attempt: ctx.attempt.number,
    attemptStartedAt: ctx.attempt.startedAt,
    queue: ctx.queue.name,
    machine: ctx.machine?.name ?? null,
    parentRunId: ctx.run.parentTaskRunId ?? null,
    rootRunId: ctx.run.rootTaskRunId ?? ctx.run.id,
    traceId: trace.getSpanContext(context.active())?.traceId ?? null,
    payload,
  }
}
