import type { Translations } from '#components/messages/translations.ts'
import { formatBytes } from '#components/ui/format-bytes.ts'
import type { FileProblem } from '#lib/sermons/refuse-file.ts'
import type { FileDifference } from './compare-files.ts'

/** Why an upload cannot continue without an action of the user. */
export type UploadProblem =
  /** A message of the server, to be shown unchanged. */
  | { kind: 'server'; sentence: string }
  | FileProblem
  /** An error of the program; the user can try again. */
  | { kind: 'our-fault' }
  | { kind: 'file-changed' }
  /** The user chose another file than the one this upload began with. */
  | { kind: 'other-file'; difference: FileDifference; fileName: string }

/** Describes the problem in one sentence: what happened and what to do. */
export function describeProblem(problem: UploadProblem, t: Translations<'upload'>, language: string): string {
  switch (problem.kind) {
    case 'server':
      return problem.sentence
    case 'refused':
      return t(problem.message)
    case 'too-large':
      return t('tooLargeBy', {
        size: formatBytes(problem.sizeBytes, language),
        limit: formatBytes(problem.maxSizeBytes, language),
      })
    case 'our-fault':
      return t('ourFault')
    case 'file-changed':
      return t('fileChanged')
    case 'other-file':
      return t('otherFile', { difference: problem.difference, fileName: problem.fileName })
  }
}
