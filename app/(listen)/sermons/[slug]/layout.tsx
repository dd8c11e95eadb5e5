import { findPageSermon } from './_components/find-page-sermon.ts'

/** Reads the sermon before the response starts, because after that the status can no longer become 404. */
export default async function SermonLayout({ children, params }: LayoutProps<'/sermons/[slug]'>) {
  await findPageSermon((await params).slug)
  return children
}
