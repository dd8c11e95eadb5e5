/** Something that podcast apps refuse (`error`) or show badly (`warning`), in words for the person who can fix it. */
export type FeedFault = {
  /** A stable name for programs, such as `artwork.size`. */
  code: string
  severity: 'error' | 'warning'
  /** What is wrong. */
  message: string
  /** What to do. */
  advice: string
  /** The title of the episode; absent where it is about the whole feed. */
  episode?: string
}

export type FeedReport = {
  url: string
  title: string | null
  /** Episodes on the page that was checked. */
  episodes: number
  /** Episodes whose audio was requested, the newest. */
  checkedEpisodes: number
  /** No error was found; there may be warnings. */
  ok: boolean
  faults: FeedFault[]
}
