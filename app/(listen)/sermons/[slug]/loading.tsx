import { Skeleton } from '#components/ui/skeleton.tsx'

/** The shape of a sermon's page while it is fetched. */
export default function Loading() {
  return (
    <div className="page pt-6 md:pt-10">
      <p role="status" className="sr-only">
        Loading the sermon
      </p>
      <div className="grid items-end gap-6 md:grid-cols-[15rem_1fr] md:gap-10">
        <Skeleton className="aspect-square w-44 rounded-card! md:w-60" />
        <div className="flex flex-col gap-4">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-10 w-4/5" />
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="mt-3 size-20 rounded-full!" />
        </div>
      </div>
      <Skeleton className="mt-8 h-24" />
      <div className="mt-14 flex max-w-2xl flex-col gap-3">
        <Skeleton className="h-5 w-full" />
        <Skeleton className="h-5 w-[96%]" />
        <Skeleton className="h-5 w-[90%]" />
        <Skeleton className="h-5 w-2/3" />
      </div>
    </div>
  )
}
