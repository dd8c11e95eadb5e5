import { TableSkeleton } from '#components/jobs/page-skeleton.tsx'

export default function RunsLoading() {
  return <TableSkeleton narrowing="filters" />
}
