import type { FeedScope } from '#lib/feeds/feed.ts'
import { collectionPath } from '#lib/sermons/collection-kind.ts'

/** The path of a feed on this installation. */
export function feedPath(scope: FeedScope): string {
  if (scope.kind === 'church') return '/feeds/podcast.xml'
  return `/feeds${collectionPath(scope.kind, scope.slug)}.xml`
}
