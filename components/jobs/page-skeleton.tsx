import { Skeleton } from '#components/ui/skeleton.tsx'

const rows = [0, 1, 2, 3, 4, 5, 6, 7]

/** A table page before its rows have come: a title, what narrows it, and the rows. */
export function TableSkeleton({ narrowing }: { narrowing: 'filters' | 'tabs' | 'none' }) {
  return (
    <>
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="pt-6 pb-5">
        <Skeleton className="h-9 w-36" />
        {narrowing === 'filters' ? null : <Skeleton className="mt-3 h-4 max-w-xl" />}
      </div>
      {narrowing === 'filters' ? <Skeleton className="h-16 max-lg:h-52" /> : null}
      {narrowing === 'tabs' ? <Skeleton className="h-8 w-72 max-w-full rounded-full!" /> : null}
      <div className="mt-6">
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
