import { Skeleton } from '#components/ui/skeleton.tsx'

const rows = [0, 1, 2, 3, 4, 5, 6, 7]

export default function JobsLoading() {
  return (
    <>
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="pt-8 pb-5">
        <Skeleton className="h-9 w-28" />
      </div>
      <Skeleton className="h-11 max-w-2xl" />
      <div className="mt-8">
        {rows.map((row) => (
          <div key={row} className="flex gap-6 border-b border-line py-3.5">
            <Skeleton className="h-6 w-24 rounded-full!" />
            <div className="flex-1">
              <Skeleton className="h-5 w-2/3" />
            </div>
            <Skeleton className="h-5 w-20" />
          </div>
        ))}
      </div>
    </>
  )
}
