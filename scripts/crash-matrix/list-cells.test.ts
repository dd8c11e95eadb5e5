import { expect, test } from 'vitest'
import { listStepDependencies } from '#lib/facets/step-dependencies.ts'
import { catalog } from '#lib/jobs/catalog.ts'
import { listCells, listMatrixSteps, moments, targets, tasksWithoutCells } from './list-cells.ts'

const none = { steps: [], targets: [], moments: [] }

test('the matrix contains every step of the pipeline', () => {
  const steps = listMatrixSteps().map(({ step }) => step)
  expect(steps).toEqual(expect.arrayContaining(listStepDependencies().map(({ step }) => step)))
  expect(steps).toEqual(expect.arrayContaining(['announce/announce', 'request/forget']))
})

test('every task is in the matrix, or has a reason why not', () => {
  const tested = listMatrixSteps().map(({ task }) => task)
  const listed = [...new Set([...tested, ...Object.keys(tasksWithoutCells)])]
  expect(listed.sort()).toEqual(Object.keys(catalog).sort())
  expect(tested.filter((task) => task in tasksWithoutCells)).toEqual([])
  expect(new Set(listMatrixSteps().map(({ step }) => step)).size).toBe(listMatrixSteps().length)
})

test('the matrix kills every process at both moments of every step', () => {
  const cells = listCells(none)
  expect(cells).toHaveLength(listMatrixSteps().length * targets.length * moments.length)
  expect(new Set(cells.map(({ step, target, moment }) => `${step} ${target} ${moment}`)).size).toBe(
    cells.length,
  )
})

test('steps, targets and moments can be chosen', () => {
  const chosen = listCells({ steps: ['media/probe'], targets: ['worker', 'web'], moments: ['end'] })
  expect(chosen.map(({ step, target, moment }) => [step, target, moment])).toEqual([
    ['media/probe', 'worker', 'end'],
    ['media/probe', 'web', 'end'],
  ])
})
