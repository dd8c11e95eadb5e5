import { TableSkeleton } from '#components/jobs/page-skeleton.tsx'

export default function FiguresLoading() {
  return <TableSkeleton narrowing="tabs" />
}
