import { renderData } from '#lib/sharing/sermon-data.ts'

/** Data for search engines. It is no code: browsers do not run it. */
export function StructuredData({ data }: { data: Record<string, unknown> }) {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: renderData(data) }} />
}
