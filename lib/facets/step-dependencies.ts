import type { Facet } from '#lib/facets/facet.ts'

/** A step of the pipeline and the steps it depends on (`after`), written `<facet>/<step>`. */
export type StepDependency = { step: string; facet: Facet; name: string; after: string[] }

// `read` (a supplied transcript) and `listen` (speech recognition) are alternatives.
const stepsAfter = {
  'media/probe': [],
  'media/measure': ['media/probe'],
  'media/level': ['media/measure'],
  'media/encode': ['media/level'],
  'media/make-playable': ['media/encode'],
  'transcript/find-pauses': [],
  'transcript/read': ['transcript/find-pauses'],
  'transcript/listen': ['transcript/find-pauses'],
  'transcript/store': ['transcript/read', 'transcript/listen'],
  'index/plan': ['transcript/store'],
  'index/embed': ['index/plan'],
  'index/store': ['index/embed'],
} as const satisfies Record<string, readonly string[]>

const facetOf = (step: string): Facet => {
  const [facet] = step.split('/')
  if (facet === 'media' || facet === 'transcript' || facet === 'index') return facet
  throw new Error(`${step} belongs to no facet`)
}

const dependencies: readonly StepDependency[] = Object.entries(stepsAfter).map(([step, after]) => ({
  step,
  facet: facetOf(step),
  name: step.slice(step.indexOf('/') + 1),
  after: [...after],
}))

/** Every step of the pipeline, each after the steps it depends on. */
export function listStepDependencies(): readonly StepDependency[] {
  return dependencies
}

/** A step and every step that depends on it, directly or indirectly. Empty for an unknown step. */
export function listStepsFrom(step: string): StepDependency[] {
  const found = new Set<string>()
  for (const dependency of dependencies) {
    if (dependency.step === step || dependency.after.some((earlier) => found.has(earlier))) {
      found.add(dependency.step)
    }
  }
  return dependencies.filter((dependency) => found.has(dependency.step))
}

/** Parses the work key of a stored step into sermon, facet and version. Null for other work. */
export function parseWorkKey(workKey: string): { sermonId: string; facet: Facet; version: string } | null {
  const [sermonId, facet, ...version] = workKey.split('/')
  if (!sermonId || (facet !== 'media' && facet !== 'transcript' && facet !== 'index')) return null
  return { sermonId, facet, version: version.join('/') }
}

/** Whether a stored step belongs to the current recording or transcript of the sermon. */
export function isCurrentVersion(
  { facet, version }: { facet: string; version: string },
  sermon: { mediaRevision: number; transcriptRevision: number },
): boolean {
  const [revision] = version.split('/')
  return revision === String(facet === 'index' ? sermon.transcriptRevision : sermon.mediaRevision)
}
