import { type ChannelListener, listenToChannel } from '#lib/db/listen-to-channel.ts'

/** Where the database says whose jobs have changed; see `supabase/migrations/*_announce_job_changes.sql`. */
const CHANNEL = 'selah_jobs'

export interface JobSubscriber {
  /**
   * Called with a church's id whenever one of its runs, steps, events, plans or dead letters changes, and
   * with null when anyone's may have.
   */
  onChange(churchId: string | null): void
  /** Called when the database is away: nothing can be heard, nor read, until it is back. */
  onLost(): void
}

export interface JobWatcher {
  /** Returns how to stop. */
  subscribe(subscriber: JobSubscriber): () => void
}

/** One connection that listens for all who watch in this process, and none when nobody does. */
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
