/** The details of a sermon as form values. An empty text means "not given". */
export type SermonFields = {
  title: string
  speaker: string
  series: string
  /** One on each line. */
  topics: string
  scripture: string
  /** ISO date such as `2026-11-22`, or empty. */
  preachedOn: string
  description: string
  /** A tag of BCP 47; empty for the language of the church. */
  language: string
}

export const emptyFields: SermonFields = {
  title: '',
  speaker: '',
  series: '',
  topics: '',
  scripture: '',
  preachedOn: '',
  description: '',
  language: '',
}

/** The topics of a form value. */
export const readTopics = (text: string): string[] => text.split('\n').filter((name) => name !== '')

/** Topics as a form value. */
export const writeTopics = (names: readonly string[]): string => names.join('\n')

/** Form values as the API takes them. */
export function toSermonInput(fields: Partial<SermonFields>): Record<string, string | string[]> {
  const { topics, ...texts } = fields
  return topics === undefined ? texts : { ...texts, topics: readTopics(topics) }
}
