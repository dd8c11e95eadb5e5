import { findPageSermon } from './_components/find-page-sermon.ts'

/** Looks the sermon up before anything is shown: once the page has begun to load, it can no longer be a 404. */
export default async function SermonLayout({ children, params }: LayoutProps<'/sermons/[slug]'>) {
  await findPageSermon((await params).slug)
  return children
}
