/** The longest name of a speaker, in characters. Apart from the schemas, because browsers use it too. */
export const LONGEST_SPEAKER = 100
