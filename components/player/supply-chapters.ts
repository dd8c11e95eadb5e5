import * as v from 'valibot'
import type { Player } from './player.ts'
import { readSavedTexts } from './saved-texts.ts'
import type { Track, TrackChapter } from './track.ts'
import { readTrackName } from './track-name.ts'

const answerSchema = v.object({
  chapters: v.array(v.object({ title: v.string(), startTime: v.number() })),
})

/**
 * Gives the player the chapters of a sermon that began without them, as from a list: once, when it plays. Returns a
 * function that stops this.
 */
export function supplyChapters(player: Pick<Player, 'store'>): () => void {
  let askedId: string | null = null
  const supply = async (track: Track) => {
    const chapters = (await readChapters(track)) ?? (await readSavedTexts(track.id))?.track.chapters
    const { track: present } = player.store.read()
    // The listener may have chosen something else in the meantime.
    if (chapters && present?.id === track.id)
      player.store.commit({ type: 'described', track: { ...present, chapters } })
  }
  const check = () => {
    const { track, status } = player.store.read()
    // An empty list says that there are none.
    if (!track || track.chapters || status !== 'playing' || track.id === askedId) return
    askedId = track.id
    void supply(track)
  }
  check()
  return player.store.subscribe(check)
}

/** Null without a network, and where visitors may not read them. */
async function readChapters({ id }: Track): Promise<TrackChapter[] | null> {
  const { sermonId, recording } = readTrackName(id)
  try {
    const response = await fetch(`/feeds/chapters/${sermonId}.json?recording=${recording}`)
    if (!response.ok) return null
    const { chapters } = v.parse(answerSchema, await response.json())
    return chapters.map(({ title, startTime }) => ({ title, startMs: Math.round(startTime * 1000) }))
  } catch {
    return null
  }
}
