import { gte } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { selectSermons, toSermonView } from '#lib/sermons/to-sermon-view.ts'

const POLL_MS = 1000
/** How far back each poll reads: a transaction may commit later than the time it wrote. */
const OVERLAP_MS = 10_000

export interface SermonWatcher {
  /**
   * Calls `onChange` with every sermon that changes, starting a few seconds ago; returns a function that stops
   * it.
   */
  subscribe(onChange: (sermon: SermonView) => void): () => void
}

/**
 * Polls the database once a second for all subscribers in this process, and not at all without subscribers. A
 * failed poll is repeated a second later, so a restart of the database only delays changes.
 */
export function createSermonWatcher({ db }: { db: Database }): SermonWatcher {
  const subscribers = new Set<(sermon: SermonView) => void>()
  let seen = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let since = new Date()

  async function look(): Promise<void> {
    try {
      const rows = await selectSermons(db).where(gte(sermons.updatedAt, since)).limit(200)
      const changed = rows.map(toSermonView).filter((sermon) => seen.get(sermon.id) !== sermon.updatedAt)
      for (const sermon of changed) for (const notify of subscribers) notify(sermon)
      seen = new Map(rows.map(({ sermon }) => [sermon.id, sermon.updatedAt.toISOString()]))
      since = new Date(Date.now() - OVERLAP_MS)
    } catch (error) {
      console.warn('Watching sermons for changes failed; trying again.', error)
    }
    if (subscribers.size > 0) timer = setTimeout(() => void look(), POLL_MS)
    else timer = undefined
  }

  return {
    subscribe(onChange) {
      subscribers.add(onChange)
      // A page may have been read just before a change; reporting the change twice does no harm.
      since = new Date(Date.now() - OVERLAP_MS)
      seen = new Map()
      if (!timer) timer = setTimeout(() => void look(), POLL_MS)
      return () => {
        subscribers.delete(onChange)
      }
    },
  }
}
