/** The longest texts of a sermon, in UTF-16 units; the same in forms, the API and the CLI. */
export const sermonTextLimits = { title: 200, speaker: 120, series: 120, scripture: 120, description: 5000 }
