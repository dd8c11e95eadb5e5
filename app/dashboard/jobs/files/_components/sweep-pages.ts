import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'

const orphanSchema = v.object({ bucket: v.string(), path: v.string(), sizeBytes: v.number() })
const pageSchema = v.object({
  checked: v.number(),
  orphans: v.array(orphanSchema),
  removed: v.boolean(),
  next: v.nullable(v.string()),
})

/** The totals of the pages that have been swept. `shown` contains only the first files. */
export type SweepTotals = {
  checked: number
  count: number
  sizeBytes: number
  removed: boolean
  shown: v.InferOutput<typeof orphanSchema>[]
}

const MAX_SHOWN = 100

/** Checks (GET) or cleans (POST) all stored files of a church page by page, and reports the totals after each. */
export async function sweepPages(
  method: 'GET' | 'POST',
  churchId: string,
  onTotals: (totals: SweepTotals) => void,
): Promise<void> {
  const totals: SweepTotals = { checked: 0, count: 0, sizeBytes: 0, removed: method === 'POST', shown: [] }
  let cursor: string | null = null
  do {
    const path = '/api/v1/orphans'
    const answer: unknown =
      method === 'GET'
        ? await callApi(method, jobsPath(path, { church: churchId, cursor }))
        : await callApi(method, jobsPath(path, { church: churchId }), cursor === null ? {} : { cursor })
    const page = v.parse(pageSchema, answer)
    totals.checked += page.checked
    totals.count += page.orphans.length
    for (const orphan of page.orphans) {
      totals.sizeBytes += orphan.sizeBytes
      if (totals.shown.length < MAX_SHOWN) totals.shown.push(orphan)
    }
    onTotals({ ...totals })
    cursor = page.next
  } while (cursor !== null)
}
