import { coverVersion } from '#lib/artwork/artwork-address.ts'
import {
  type CardShape,
  drawQuoteCard,
  lacksCardLetters,
  type QuoteCard,
} from '#lib/artwork/draw-quote-card.ts'
import { keepDrawn } from '#lib/artwork/keep-drawn.ts'
import { readTint } from '#lib/artwork/read-tint.ts'
import { readChurchProfile } from '#lib/churches/church-profile.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { chooseExcerpt, type TimeSpan } from '#lib/sermons/choose-excerpt.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'

/** A longer quote does not fit on a card in a size that can be read. */
const MAX_QUOTE = 700

const tooLong = () =>
  new AppError('unprocessable', 'This passage is too long for an image. Choose fewer sentences.', {
    reason: 'card.too_long',
  })

/**
 * The image of the sentences of a published sermon that begin within a span. The words come from the transcript, never
 * from the address, so nobody can put words into a preacher's mouth. `draw` gives it as a PNG. Throws `not_found`, and
 * `unprocessable` where the words are too many or our fonts lack their letters.
 */
export async function findQuoteCard(
  { db }: { db: Database },
  {
    sermonId,
    span,
    shape,
    draftNote,
  }: { sermonId: string; span: TimeSpan; shape: CardShape; draftNote: string },
): Promise<{ version: string; draw: () => Promise<Uint8Array<ArrayBuffer>> }> {
  const sermon = await findPublicSermon({ db }, { id: sermonId })
  const [transcript, church] = await Promise.all([
    readTranscript({ db }, { sermonId }),
    readChurchProfile({ db }, { churchId: sermon.churchId }),
  ])
  const excerpt = transcript && chooseExcerpt(transcript, span)
  if (!excerpt) {
    throw new AppError('not_found', 'No sentence begins at this time. Choose it in the transcript again.')
  }
  if (excerpt.text.length > MAX_QUOTE) throw tooLong()
  if (lacksCardLetters(excerpt.text)) {
    throw new AppError(
      'unprocessable',
      'Images have no letters for this script yet. Share the address of the sentence instead.',
      { reason: 'card.no_letters' },
    )
  }
  const { title, scripture } = sermon
  const card: QuoteCard = {
    quote: excerpt.text,
    title,
    // A sample was not preached in this church.
    byline: [sermon.speaker?.name, sermon.isSample ? null : church.name].filter(Boolean).join('  ·  '),
    draftNote: transcript.isDraft ? draftNote : null,
    artwork: {
      title,
      reference: scripture,
      family: sermon.series?.title ?? title,
      tint: readTint(church.colour),
    },
  }
  const version = coverVersion([shape, JSON.stringify(card)])
  return {
    version,
    draw: () =>
      keepDrawn(version, async () => {
        const image = await drawQuoteCard(card, shape)
        if (!image) throw tooLong()
        return image
      }),
  }
}
