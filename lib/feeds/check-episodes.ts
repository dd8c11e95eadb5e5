import type { FeedFault } from '#lib/feeds/feed-fault.ts'
import { describeFailedFetch, type Fetch } from '#lib/feeds/feed-fetch.ts'
import type { ParsedItem } from '#lib/feeds/parse-feed.ts'

const AT_ONCE = 4
const DAY_MS = 24 * 60 * 60 * 1000

/** Checks the tags of every episode, and the audio of the newest `maxEpisodes`. */
export async function checkEpisodes(
  { fetch }: { fetch: Fetch },
  items: readonly ParsedItem[],
  { maxEpisodes }: { maxEpisodes: number },
): Promise<{ faults: FeedFault[]; checked: number }> {
  const faults = items.flatMap(checkTags)
  const counted = new Map<string, number>()
  for (const { guid } of items) if (guid) counted.set(guid, (counted.get(guid) ?? 0) + 1)
  for (const item of items) {
    if (item.guid && (counted.get(item.guid) ?? 0) > 1) {
      faults.push(
        about(item)('episode.same_guid', 'Another episode has the same guid.', 'Give each one its own guid.'),
      )
      counted.delete(item.guid)
    }
  }
  const requested = items.slice(0, maxEpisodes)
  for (let start = 0; start < requested.length; start += AT_ONCE) {
    const group = requested.slice(start, start + AT_ONCE)
    faults.push(...(await Promise.all(group.map((item) => checkEnclosure({ fetch }, item)))).flat())
  }
  return { faults, checked: requested.length }
}

const about =
  (item: ParsedItem) =>
  (code: string, message: string, advice: string, severity: FeedFault['severity'] = 'error'): FeedFault => ({
    code,
    severity,
    message,
    advice,
    episode: item.title ?? item.guid ?? 'An episode',
  })

function checkTags(item: ParsedItem): FeedFault[] {
  const fault = about(item)
  const faults: FeedFault[] = []
  if (!item.title) faults.push(fault('episode.no_title', 'An episode has no title.', 'Give it one.'))
  if (!item.guid) {
    faults.push(
      fault('episode.no_guid', 'It has no guid, so apps show it twice after a change.', 'Add the tag.'),
    )
  }
  const atMs = Date.parse(item.publishedAt ?? '')
  if (Number.isNaN(atMs)) {
    faults.push(
      fault('episode.no_date', 'It has no date that can be read.', 'Enter the day on which it was preached.'),
    )
  } else if (atMs > Date.now() + DAY_MS) {
    faults.push(
      fault('episode.future', 'Its date is in the future, so apps hide it.', 'Correct the day.', 'warning'),
    )
  }
  if (!item.duration) {
    faults.push(fault('episode.no_duration', 'It has no duration.', 'Add itunes:duration.', 'warning'))
  }
  return faults
}

/** The audio must be there, of the named length and type, and served in ranges. */
async function checkEnclosure({ fetch }: { fetch: Fetch }, item: ParsedItem): Promise<FeedFault[]> {
  const fault = about(item)
  const { enclosure } = item
  const again = 'Process the sermon again, or remove it from the feed.'
  if (!enclosure?.url) return [fault('enclosure.missing', 'It names no audio.', 'Upload the recording.')]
  const faults: FeedFault[] = []
  if (!/^(audio|video)\//.test(enclosure.type)) {
    faults.push(fault('enclosure.type', `Its audio has the type “${enclosure.type}”.`, 'Name an audio type.'))
  }
  try {
    const head = await fetch(enclosure.url, { method: 'HEAD' })
    if (!head.ok) {
      faults.push(fault('enclosure.dead', `Its audio cannot be fetched: ${head.status}.`, again))
      return faults
    }
    const part = await fetch(enclosure.url, { headers: { range: 'bytes=0-1' } })
    await part.body?.cancel()
    if (!part.ok) {
      faults.push(fault('enclosure.dead', `Its audio cannot be fetched: ${part.status}.`, again))
      return faults
    }
    if (part.status !== 206) {
      faults.push(
        fault(
          'enclosure.no_ranges',
          'Its audio is not served in parts, which Apple requires.',
          'Configure the server to answer range requests.',
        ),
      )
    }
    // The whole length is in the answer to the range; a server without ranges gives it in the answer to HEAD.
    const real =
      /\/(\d+)$/.exec(part.headers.get('content-range') ?? '')?.[1] ?? head.headers.get('content-length')
    if (real !== null && real !== enclosure.length) {
      faults.push(
        fault(
          'enclosure.length',
          `The feed says ${enclosure.length || 'no'} bytes, but the audio has ${real}.`,
          again,
        ),
      )
    }
  } catch (error) {
    faults.push(fault('enclosure.dead', `Its audio cannot be fetched. ${describeFailedFetch(error)}`, again))
  }
  return faults
}
