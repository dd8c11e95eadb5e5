import { Skeleton } from '#components/ui/skeleton.tsx'

const rows = [0, 1, 2, 3, 4, 5]

export default function RunLoading() {
  return (
    <>
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="pt-6 pb-6">
        <Skeleton className="h-9 w-64" />
        <Skeleton className="mt-3 h-4 w-80 max-w-full" />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="rounded-card border border-line bg-raised px-5 py-4">
          {rows.map((row) => (
            <div key={row} className="flex gap-5 py-2">
              <Skeleton className="h-4 w-40" />
              <div className="flex-1">
                <Skeleton className="h-2.5" />
              </div>
            </div>
          ))}
        </div>
        <Skeleton className="h-72 rounded-card!" />
      </div>
    </>
  )
}
