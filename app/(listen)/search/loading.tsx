import { Skeleton } from '#components/ui/skeleton.tsx'

/** The shape of search results while they are looked for. */
export default function Loading() {
  return (
    <div className="page pt-6 md:pt-10">
      <p role="status" className="sr-only">
        Searching
      </p>
      <Skeleton className="mb-5 h-10 w-40" />
      <Skeleton className="h-12 max-w-xl rounded-full!" />
      <div className="mt-14 flex max-w-2xl flex-col gap-8">
        {['a', 'b', 'c'].map((row) => (
          <div key={row} className="flex flex-col gap-3">
            <Skeleton className="h-6 w-1/2" />
            <Skeleton className="h-4 w-full" />
            <Skeleton className="h-4 w-[92%]" />
            <Skeleton className="h-4 w-3/4" />
          </div>
        ))}
      </div>
    </div>
  )
}
