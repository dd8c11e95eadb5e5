import { Skeleton } from '#components/ui/skeleton.tsx'

const rows = [0, 1, 2, 3, 4]

export default function DashboardLoading() {
  return (
    <>
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="pt-8 pb-6">
        <Skeleton className="h-9 w-44" />
      </div>
      {rows.map((row) => (
        <div key={row} className="flex items-center gap-6 border-b border-line py-5">
          <div className="flex-1">
            <Skeleton className="h-5 w-3/5" />
            <Skeleton className="mt-2 h-3.5 w-2/5" />
          </div>
          <Skeleton className="hidden h-6 w-64 rounded-full! lg:block" />
          <Skeleton className="h-9 w-24 rounded-full!" />
        </div>
      ))}
    </>
  )
}
