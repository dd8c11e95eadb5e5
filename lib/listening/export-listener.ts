import type { Actor } from '#lib/auth/actor.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { readLibrary } from '#lib/listening/library.ts'
import { exportPositions } from '#lib/listening/positions.ts'

/** All that is stored about a listener, for a file that they download. Times are ISO 8601, UTC. */
export async function exportListener({ db }: { db: Database }, { actor }: { actor: Actor }) {
  const [{ items }, places] = await Promise.all([
    readLibrary({ db }, { actor }),
    exportPositions({ db }, { actor }),
  ])
  return {
    account: {
      id: actor.userId,
      email: actor.email,
      name: actor.displayName,
      churches: actor.memberships.map(({ churchName, role }) => ({ church: churchName, role })),
    },
    library: items.map(({ changedAtMs, ...item }) => ({
      ...item,
      changedAt: new Date(changedAtMs).toISOString(),
    })),
    places,
    exportedAt: new Date().toISOString(),
  }
}
