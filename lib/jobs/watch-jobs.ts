import { type ChannelListener, listenToChannel } from '#lib/db/listen-to-channel.ts'

/** Where the database says whose jobs have changed; see `supabase/migrations/*_announce_job_changes.sql`. */
const CHANNEL = 'selah_jobs'

export interface JobWatcher {
  /**
   * Calls `onChange` with a church's id whenever one of its runs, steps, events, plans or dead letters
   * changes, and with null when anyone's may have; returns how to stop.
   */
  subscribe(onChange: (churchId: string | null) => void): () => void
}

/** One connection that listens for all who watch in this process, and none when nobody does. */
export function createJobWatcher({ connectionString }: { connectionString: string }): JobWatcher {
  const subscribers = new Set<(churchId: string | null) => void>()
  let listener: ChannelListener | undefined

  return {
    subscribe(onChange) {
      subscribers.add(onChange)
      listener ??= listenToChannel({
        connectionString,
        channel: CHANNEL,
        onNotice: (churchId) => {
          for (const notify of subscribers) notify(churchId || null)
        },
      })
      return () => {
        subscribers.delete(onChange)
        if (subscribers.size > 0) return
        void listener?.stop()
        listener = undefined
      }
    },
  }
}
