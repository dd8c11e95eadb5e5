/** The categories of Apple's list that fit sermons; other podcast apps use the same list. */
export const podcastCategories = [
  'Religion & Spirituality > Christianity',
  'Religion & Spirituality > Religion',
  'Religion & Spirituality > Spirituality',
  'Religion & Spirituality > Judaism',
  'Religion & Spirituality > Islam',
  'Religion & Spirituality > Hinduism',
  'Religion & Spirituality > Buddhism',
  'Religion & Spirituality',
  'Education > Self-Improvement',
  'Kids & Family > Parenting',
  'Society & Culture > Philosophy',
] as const
