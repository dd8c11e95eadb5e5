import { TableSkeleton } from '#components/jobs/page-skeleton.tsx'

export default function ErrorsLoading() {
  return <TableSkeleton narrowing="none" />
}
