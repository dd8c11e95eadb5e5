import { Skeleton } from '#components/ui/skeleton.tsx'

/** The shape of a list of sermons while it is fetched. */
export default function Loading() {
  return (
    <div className="page pt-9">
      <p role="status" className="sr-only">
        Loading
      </p>
      <Skeleton className="h-12 max-w-xl rounded-full!" />
      <div className="mt-10 flex flex-col gap-8 md:flex-row">
        <Skeleton className="aspect-square w-full rounded-card! md:w-72" />
        <div className="flex flex-1 flex-col gap-4 md:pt-6">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-10 w-4/5" />
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="mt-4 size-16 rounded-full!" />
        </div>
      </div>
      <div className="mt-14 flex flex-col gap-6">
        {['a', 'b', 'c', 'd'].map((row) => (
          <div key={row} className="flex items-center gap-4">
            <Skeleton className="size-16" />
            <div className="flex flex-1 flex-col gap-2">
              <Skeleton className="h-5 w-2/3" />
              <Skeleton className="h-4 w-1/3" />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
