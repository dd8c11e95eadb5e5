import { TableSkeleton } from '#components/jobs/page-skeleton.tsx'

export default function DeadLettersLoading() {
  return <TableSkeleton narrowing="tabs" />
}
