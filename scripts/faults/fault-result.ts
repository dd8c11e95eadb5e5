/** What one kind of fault has shown. */
export interface FaultResult {
  fault: string
  /** Why it could not be tried here; the other fields then say nothing. */
  skipped?: string
  problems: string[]
  /** Counts and times, by name. */
  figures: Record<string, number | string>
}

/** Formats the results as text. */
export function printFaults(results: readonly FaultResult[]): string {
  return results
    .map(({ fault, skipped, problems, figures }) => {
      if (skipped) return `${fault}: not tried. ${skipped}`
      const lines = Object.entries(figures).map(([name, value]) => `  ${name}: ${value}`)
      const verdict = problems.length === 0 ? 'ok' : 'FAILED'
      return [`${fault}: ${verdict}`, ...lines, ...problems.map((problem) => `  PROBLEM ${problem}`)].join(
        '\n',
      )
    })
    .join('\n')
}
