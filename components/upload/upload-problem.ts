import type { FileDifference } from './compare-files.ts'

/** Why an upload cannot continue without a person. */
export type UploadProblem =
  /** Said by the server or by the check of the file, fit to be shown. */
  | { kind: 'sentence'; sentence: string }
  /** The program failed; the person can try again. */
  | { kind: 'our-fault' }
  | { kind: 'file-changed' }
  /** The person chose a file that is not the one this upload began with. */
  | { kind: 'other-file'; difference: FileDifference; fileName: string }

const differing = { name: 'name', size: 'size', date: 'date', content: 'content' }

/** One sentence: what happened and what to do. */
export function describeProblem(problem: UploadProblem): string {
  switch (problem.kind) {
    case 'sentence':
      return problem.sentence
    case 'our-fault':
      return 'Something failed on our side. Try again; nothing is lost.'
    case 'file-changed':
      return 'This file was changed or moved. Choose it again.'
    case 'other-file':
      return `This is not the same file: its ${differing[problem.difference]} is different. Choose the first file again, or start over with “${problem.fileName}”.`
  }
}
