import { gte } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { selectSermons, toSermonView } from '#lib/sermons/to-sermon-view.ts'

const POLL_MS = 1000
/** How far each look goes back: a transaction may commit later than the time it wrote. */
const OVERLAP_MS = 10_000

export interface SermonWatcher {
  /** Calls `onChange` with every sermon that changes, from a few seconds ago on; returns how to stop. */
  subscribe(onChange: (sermon: SermonView) => void): () => void
}

/**
 * One look at the database a second for all who watch in this process, and none when nobody does. A
 * failing look is repeated at the next tick: a restart of the database only delays news.
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
      // Who has just read a page may have missed what changed since; being told twice harms nobody.
      since = new Date(Date.now() - OVERLAP_MS)
      seen = new Map()
      if (!timer) timer = setTimeout(() => void look(), POLL_MS)
      return () => {
        subscribers.delete(onChange)
      }
    },
  }
}
