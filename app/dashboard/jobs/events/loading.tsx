import { TableSkeleton } from '#components/jobs/page-skeleton.tsx'

export default function EventsLoading() {
  return <TableSkeleton narrowing="tabs" />
}
