import type { FeedScope } from '#lib/feeds/feed.ts'

/** The path of a feed on this installation. */
export function feedPath(scope: FeedScope): string {
  if (scope.kind === 'church') return '/feeds/podcast.xml'
  return `/feeds/${scope.kind === 'series' ? 'series' : 'speakers'}/${encodeURIComponent(scope.slug)}.xml`
}
