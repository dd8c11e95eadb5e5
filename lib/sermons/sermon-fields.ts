/** The details of a sermon as form values. An empty text means "not given". */
export type SermonFields = {
  title: string
  speaker: string
  series: string
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
  scripture: '',
  preachedOn: '',
  description: '',
  language: '',
}
