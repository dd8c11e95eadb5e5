import type { Facet } from '#lib/facets/facet.ts'
import { listStepDependencies } from '#lib/facets/step-dependencies.ts'
import type { TaskId } from '#lib/jobs/catalog.ts'

/** The process that is killed. `worker` is the run worker that executes the step. */
export const targets = ['worker', 'engine', 'database', 'web'] as const
export type Target = (typeof targets)[number]

/**
 * The moment of the kill: `begin` when the step has been recorded as running, `end` when its work is done and its
 * result is about to be stored.
 */
export const moments = ['begin', 'end'] as const
export type Moment = (typeof moments)[number]

/** The source of a sermon's words: a supplied transcript with or without times, or speech recognition. */
export type Words = 'supplied' | 'untimed' | 'recognised'

/**
 * What leads to the step: a new sermon, or for a finished one that it is processed again, a clip, a part of its
 * recording, a proposal for that, or other chapters.
 */
export type Request = 'upload' | 'again' | 'clip' | 'cut' | 'proposal' | 'chapters'

export type MatrixStep = {
  step: string
  /** `<facet>/<step>`, as the step is recorded. */
  recorded: string
  task: TaskId
  words: Words
  request: Request
}

export type Cell = MatrixStep & { target: Target; moment: Moment }

/** The task that has the steps of each facet. Those of a transcript depend on where its words come from. */
const taskOfFacet = {
  media: 'prepare-media',
  transcript: 'read-transcript',
  index: 'index-passages',
} as const satisfies Record<Facet, TaskId>

const laterSteps: (Pick<MatrixStep, 'step' | 'task'> & Partial<MatrixStep>)[] = [
  { step: 'announce/announce', task: 'announce' },
  { step: 'request/forget', task: 'process-sermon', request: 'again' },
  { step: 'transcript/align', task: 'time-transcript', words: 'untimed' },
  { step: 'clip/render', task: 'render-clip', request: 'clip' },
  { step: 'cut/find-part', task: 'propose-cut', request: 'proposal' },
  ...['probe', 'measure', 'level', 'encode'].map((name) => ({
    ...{ step: `cut/${name}`, recorded: `media/${name}` },
    ...{ task: 'cut-recording' as const, request: 'cut' as const },
  })),
  { step: 'podcast/tag', task: 'tag-podcast-file', request: 'chapters' },
]

/** Tasks without a step in the matrix, with the reason. */
export const tasksWithoutCells: Partial<Record<TaskId, string>> = {
  'publish-sermon': 'It is one transaction, which a kill either leaves out or lets stand.',
  'remove-objects': 'It has no steps and no sermon to compare: a repeated removal finds less to remove.',
}

/** Every step of the pipeline, in order, then those of other tasks. */
export function listMatrixSteps(): MatrixStep[] {
  const pipeline = listStepDependencies().map(({ step, facet }) => {
    const isHeard = step === 'transcript/listen'
    return {
      ...{ step, recorded: step, request: 'upload' as const },
      task: isHeard ? ('transcribe' as const) : taskOfFacet[facet],
      words: isHeard ? ('recognised' as const) : ('supplied' as const),
    }
  })
  return [
    ...pipeline,
    ...laterSteps.map((step) => ({
      ...{ recorded: step.step, words: 'supplied' as const, request: 'upload' as const },
      ...step,
    })),
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
