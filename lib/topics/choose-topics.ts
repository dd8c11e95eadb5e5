/** What a sermon says of a subject. */
export type Spoken = {
  name: string
  /** How often its words are in the text, and how often they would be if it were like other sermons. */
  times: number
  expected: number
  /** The share of the passages that speak of it, 0 to 1. */
  share: number
  /** Whether the title or the description names it. */
  isNamed: boolean
}

const MOST = 5
const LEAST_TIMES = 5
/** A text must speak of a subject this many times as often as is usual, and throughout. */
const LEAST_RATIO = 2.5
const LEAST_SHARE = 0.16
/** How far the number of times is from what chance gives, as a logarithm of likelihoods. */
const LEAST_EVIDENCE = 12
/** What the title names needs less of all three. */
const NAMED_SHARE = 0.5
/** A subject that is far less clear than the clearest one is not suggested. */
const SHARE_OF_CLEAREST = 0.08

/** The subjects that a text speaks of far more than is usual, the clearest first; often none. */
export function chooseTopics(spoken: readonly Spoken[]): string[] {
  const clear = spoken
    .map((subject) => ({ ...subject, evidence: measureEvidence(subject) }))
    .filter(({ times, expected, share, isNamed, evidence }) => {
      const need = isNamed ? NAMED_SHARE : 1
      return (
        times >= LEAST_TIMES &&
        times >= expected * LEAST_RATIO * need &&
        share >= LEAST_SHARE * need &&
        evidence >= LEAST_EVIDENCE * need
      )
    })
    .sort((one, other) => other.evidence - one.evidence)
  const least = (clear[0]?.evidence ?? 0) * SHARE_OF_CLEAREST
  return clear
    .filter(({ evidence }) => evidence >= least)
    .slice(0, MOST)
    .map(({ name }) => name)
}

/** By Poisson: the logarithm of how much likelier the count is under its own rate than under the usual one. */
function measureEvidence({ times, expected }: Spoken): number {
  if (times <= expected) return 0
  return times * Math.log(times / expected) - (times - expected)
}
