import type { Translations } from '#components/messages/translations.ts'
import { formatBytes } from '#components/ui/format-bytes.ts'
import type { MessageKey } from '#lib/messages/languages.ts'
import type { FileDifference } from './compare-files.ts'

/** Why an upload cannot continue without a person. */
export type UploadProblem =
  /** Said by the server, fit to be shown. */
  | { kind: 'server'; sentence: string }
  /** Found in the file before or while it was sent. */
  | { kind: 'refused'; message: MessageKey<'upload'> }
  | { kind: 'too-large'; sizeBytes: number; maxSizeBytes: number }
  /** The program failed; the person can try again. */
  | { kind: 'our-fault' }
  | { kind: 'file-changed' }
  /** The person chose a file that is not the one this upload began with. */
  | { kind: 'other-file'; difference: FileDifference; fileName: string }

/** One sentence: what happened and what to do. */
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
