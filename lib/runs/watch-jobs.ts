import { type ChannelListener, listenToChannel } from '#lib/db/listen-to-channel.ts'

/**
 * The channel on which the database sends the id of the church when its jobs change; see
 * `supabase/migrations/*_announce_job_changes.sql`.
 */
const CHANNEL = 'selah_jobs'

export interface JobSubscriber {
  /**
   * Called with the id of a church whenever one of its runs, steps, events, scheduled events or dead letters
   * changes, and with null when those of any church may have changed.
   */
  onChange(churchId: string | null): void
  /** Called when the connection to the database is lost: there are no notifications until it is back. */
  onLost(): void
}

export interface JobWatcher {
  /** Returns a function that ends the subscription. */
  subscribe(subscriber: JobSubscriber): () => void
}

/** Uses one connection for all subscribers in this process, and none while there are no subscribers. */
export function createJobWatcher({ connectionString }: { connectionString: string }): JobWatcher {
  const subscribers = new Set<JobSubscriber>()
  let listener: ChannelListener | undefined

  return {
    subscribe(subscriber) {
      subscribers.add(subscriber)
      listener ??= listenToChannel({
        connectionString,
        channel: CHANNEL,
        onNotice: (churchId) => {
          for (const { onChange } of [...subscribers]) onChange(churchId || null)
        },
        onLost: () => {
          for (const { onLost } of [...subscribers]) onLost()
        },
      })
      return () => {
        subscribers.delete(subscriber)
        if (subscribers.size > 0) return
        void listener?.stop()
        listener = undefined
      }
    },
  }
}
