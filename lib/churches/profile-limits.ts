/** The longest texts of the profile of a church, in UTF-16 units. */
export const profileLimits = { description: 400, serviceTimes: 300, website: 300 } as const
