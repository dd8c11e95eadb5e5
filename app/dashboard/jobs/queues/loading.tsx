import { TableSkeleton } from '#components/jobs/page-skeleton.tsx'

export default function QueuesLoading() {
  return <TableSkeleton narrowing="none" />
}
