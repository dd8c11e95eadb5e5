import type { WorkerManifest } from '@trigger.dev/core/v3'

import type { Store } from '../database/store.ts'
import type { RunRow } from '../model/run-row.ts'
import { transitions } from '../model/run-states.ts'

/** True when the current build has the task of this run. */
export function hasTask(manifest: WorkerManifest, run: Pick<RunRow, 'task_id'>): boolean {
  return manifest.tasks.some((task) => task.id === run.task_id)
}

/**
 * Ends every queued run of a task that the current build does not have, so that no caller waits for a run that
 * cannot start. Returns these runs.
 */
export async function failRunsOfRemovedTasks({
  db,
  now,
  manifest,
}: Store & { manifest(): WorkerManifest }): Promise<RunRow[]> {
  return db.query<RunRow>(
    `update engine.runs set status = '${transitions.failInEngine.to}', finished_at = $1, updated_at = $1,
       error = jsonb_build_object('type', 'INTERNAL_ERROR', 'code', 'COULD_NOT_FIND_TASK',
         'message', 'The task "' || task_id || '" no longer exists.')
     where status = 'QUEUED' and task_id <> all($2) returning *`,
    [now(), manifest().tasks.map((task) => task.id)],
  )
}
