import { resolve } from 'node:path'

import { expect, it } from 'vitest'

import { catalog, scheduledTasks } from '#lib/jobs/catalog.ts'

import { checkDeploy } from './check-deploy.ts'

it('the product has a task for each id of the catalogue and for each schedule, and all of them can be deployed', async () => {
  const { taskIds } = await checkDeploy(resolve(import.meta.dirname, '../../..'))
  expect(taskIds.toSorted()).toEqual([...Object.keys(catalog), ...scheduledTasks].toSorted())
})
