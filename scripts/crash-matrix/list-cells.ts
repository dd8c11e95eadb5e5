import { listStepDependencies } from '#lib/facets/step-dependencies.ts'

/** Which process is killed. `worker` is the run worker in which the step happens. */
export const targets = ['worker', 'engine', 'database', 'web'] as const
export type Target = (typeof targets)[number]

/**
 * When it is killed: `begin` when the step has been recorded as running, `end` when its work is done and its
 * result is about to be stored.
 */
export const moments = ['begin', 'end'] as const
export type Moment = (typeof moments)[number]

/** Where a sermon's words come from: a supplied transcript, or speech recognition. */
export type Words = 'supplied' | 'heard'

export type MatrixStep = {
  /** `<facet>/<step>`, as in the step dependencies; the last two have a work key of their own kind. */
  step: string
  words: Words
  /** The step happens when processing a finished sermon is requested again, not when the sermon is new. */
  again: boolean
}

export type Cell = MatrixStep & { target: Target; moment: Moment }

/** Every step of the pipeline, in order. */
export function listMatrixSteps(): MatrixStep[] {
  const pipeline = listStepDependencies().map(({ step }) => ({
    step,
    words: step === 'transcript/listen' ? ('heard' as const) : ('supplied' as const),
    again: false,
  }))
  return [
    ...pipeline,
    { step: 'announce/announce', words: 'supplied', again: false },
    { step: 'request/forget', words: 'supplied', again: true },
  ]
}

/** The cells of some steps, targets and moments, those of one step together. An empty list means all. */
export function listCells(wanted: {
  steps: readonly string[]
  targets: readonly Target[]
  moments: readonly Moment[]
}): Cell[] {
  const among = <Value>(value: Value, list: readonly Value[]) => list.length === 0 || list.includes(value)
  return listMatrixSteps()
    .filter(({ step }) => among(step, wanted.steps))
    .flatMap((step) =>
      moments
        .filter((moment) => among(moment, wanted.moments))
        .flatMap((moment) =>
          targets
            .filter((target) => among(target, wanted.targets))
            .map((target) => ({ ...step, target, moment })),
        ),
    )
}
