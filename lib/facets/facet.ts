/** The parts of a sermon that are processed and become ready on their own. */
export const facets = ['media', 'transcript', 'index'] as const

export type Facet = (typeof facets)[number]
