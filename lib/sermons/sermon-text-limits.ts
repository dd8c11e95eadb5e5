/** The longest texts of a sermon, in UTF-16 units; the same in forms, the API and the CLI. */
export const sermonTextLimits = {
  title: 200,
  speaker: 120,
  series: 120,
  topic: 120,
  scripture: 120,
  description: 5000,
}

/** The most topics of one sermon. */
export const MAX_TOPICS = 10

/** The longest description of a speaker, series or topic. */
export const MAX_COLLECTION_DESCRIPTION = 2000
