import type { Actor } from '#lib/auth/actor.ts'
import { findVisibleClip } from '#lib/clips/find-clip.ts'
import { readPassage } from '#lib/clips/read-passage.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { renderVtt } from '#lib/transcripts/render-vtt.ts'

/** The words of a clip that the actor may see as WebVTT, with times from its start. Throws `not_found`. */
export async function renderClipCaptions(
  { db }: { db: Database },
  { id, actor }: { id: string; actor: Actor | null },
): Promise<string> {
  const { clip, isCurrent } = await findVisibleClip({ db }, { id, actor })
  const { sermonId, startMs, endMs } = clip
  const passage = isCurrent ? await readPassage({ db }, { sermonId, span: { startMs, endMs } }) : null
  if (!passage) throw new AppError('not_found', 'This clip has no words any more. Make it again.')
  const { sentenceStarts, words } = passage.excerpt
  return renderVtt({
    words: passage.span.words,
    sentences: sentenceStarts.map((firstWord, index) => ({
      firstWord,
      lastWord: (sentenceStarts[index + 1] ?? words.length) - 1,
    })),
    isDraft: passage.isDraft,
  })
}
