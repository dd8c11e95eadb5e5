import { listStepDependencies } from '#lib/facets/step-dependencies.ts'

/** The process that is killed. `worker` is the run worker that executes the step. */
export const targets = ['worker', 'engine', 'database', 'web'] as const
export type Target = (typeof targets)[number]

/**
 * The moment of the kill: `begin` when the step has been recorded as running, `end` when its work is done and its
 * result is about to be stored.
 */
export const moments = ['begin', 'end'] as const
export type Moment = (typeof moments)[number]

/** The source of a sermon's words: a supplied transcript, or speech recognition. */
export type Words = 'supplied' | 'recognised'

export type MatrixStep = {
  /** `<facet>/<step>`, as in the step dependencies; the last two have another kind of work key. */
  step: string
  words: Words
  /** The step runs when processing is requested again for a finished sermon, not for a new one. */
  again: boolean
}

export type Cell = MatrixStep & { target: Target; moment: Moment }

/** Every step of the pipeline, in order. */
export function listMatrixSteps(): MatrixStep[] {
  const pipeline = listStepDependencies().map(({ step }) => ({
    step,
    words: step === 'transcript/listen' ? ('recognised' as const) : ('supplied' as const),
    again: false,
  }))
  return [
    ...pipeline,
    { step: 'announce/announce', words: 'supplied', again: false },
    { step: 'request/forget', words: 'supplied', again: true },
  ]
}

/** Lists the cells of some steps, targets and moments, ordered by step. An empty list means all. */
export function listCells(chosen: {
  steps: readonly string[]
  targets: readonly Target[]
  moments: readonly Moment[]
}): Cell[] {
  const isChosen = <Value>(value: Value, list: readonly Value[]) => list.length === 0 || list.includes(value)
  return listMatrixSteps()
    .filter(({ step }) => isChosen(step, chosen.steps))
    .flatMap((step) =>
      moments
        .filter((moment) => isChosen(moment, chosen.moments))
        .flatMap((moment) =>
          targets
            .filter((target) => isChosen(target, chosen.targets))
            .map((target) => ({ ...step, target, moment })),
        ),
    )
}
