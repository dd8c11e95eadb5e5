import type { OwnLibrary } from './own-library.ts'

export const MAX_FOLLOWED = 100

type Series = { slug: string; title: string }

export const isFollowed = (library: OwnLibrary, { slug }: { slug: string }) =>
  library.followed.some((series) => series.slug === slug)

/** A library that follows the series: what is published after `nowMs` is new. */
export function followSeries(library: OwnLibrary, { slug, title }: Series, nowMs: number): OwnLibrary {
  const others = unfollowSeries(library, { slug }).followed
  return { ...library, followed: [{ slug, title, seenAtMs: nowMs }, ...others].slice(0, MAX_FOLLOWED) }
}

export function unfollowSeries(library: OwnLibrary, { slug }: { slug: string }): OwnLibrary {
  return { ...library, followed: library.followed.filter((series) => series.slug !== slug) }
}

/** Everything of the series up to `nowMs` was seen. */
export function noteSeen(library: OwnLibrary, { slug }: { slug: string }, nowMs: number): OwnLibrary {
  const followed = library.followed.map((series) =>
    series.slug === slug ? { ...series, seenAtMs: nowMs } : series,
  )
  return { ...library, followed }
}
