import { Skeleton } from '#components/ui/skeleton.tsx'

export default function SermonLoading() {
  return (
    <>
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="pt-8 pb-7">
        <Skeleton className="h-9 w-2/3 max-w-md" />
        <Skeleton className="mt-3 h-4 w-1/2 max-w-xs" />
      </div>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-96 rounded-card!" />
        <Skeleton className="h-72 rounded-card!" />
      </div>
    </>
  )
}
