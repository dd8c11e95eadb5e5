import { checkArtwork } from '#lib/feeds/check-artwork.ts'
import { checkEpisodes } from '#lib/feeds/check-episodes.ts'
import type { FeedFault, FeedReport } from '#lib/feeds/feed-fault.ts'
import { describeFailedFetch, type Fetch, isPrivateAddress } from '#lib/feeds/feed-fetch.ts'
import { type ParsedFeed, parseFeed } from '#lib/feeds/parse-feed.ts'

/**
 * Checks a feed as podcast apps read it: its address, its tags, its cover, and the audio of its newest episodes. It
 * never throws: what cannot be fetched or read is a fault of the report.
 */
export async function checkFeed(
  { fetch }: { fetch: Fetch },
  { url, maxEpisodes = 20 }: { url: string; maxEpisodes?: number },
): Promise<FeedReport> {
  const report = (faults: FeedFault[], feed?: ParsedFeed, checkedEpisodes = 0): FeedReport => ({
    url,
    title: feed?.title ?? null,
    episodes: feed?.items.length ?? 0,
    checkedEpisodes,
    ok: faults.every(({ severity }) => severity === 'warning'),
    faults,
  })
  const faults = checkFeedAddress(url)
  let xml: string
  try {
    const response = await fetch(url, { headers: { accept: 'application/rss+xml, application/xml' } })
    if (!response.ok) return report([...faults, unreachable(`It answers ${response.status}.`)])
    faults.push(...checkHeaders(response))
    xml = await response.text()
  } catch (error) {
    return report([...faults, unreachable(describeFailedFetch(error))])
  }
  let feed: ParsedFeed
  try {
    feed = parseFeed(xml)
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    return report([
      ...faults,
      fault(
        'feed.malformed',
        `The feed is not well-formed XML. ${reason}`,
        'Correct the program that writes it.',
      ),
    ])
  }
  faults.push(...checkChannel(feed), ...(await checkArtwork({ fetch }, feed.artworkUrl)))
  const episodes = await checkEpisodes({ fetch }, feed.items, { maxEpisodes })
  return report([...faults, ...episodes.faults], feed, episodes.checked)
}

const fault = (code: string, message: string, advice: string): FeedFault => ({
  code,
  severity: 'error',
  message,
  advice,
})
const warning = (code: string, message: string, advice: string): FeedFault => ({
  code,
  severity: 'warning',
  message,
  advice,
})
const unreachable = (why: string) =>
  fault(
    'feed.unreachable',
    `The feed cannot be fetched. ${why}`,
    'Check the address, and that Selah is running.',
  )

/** What podcast apps cannot do with the address of a feed. */
export function checkFeedAddress(url: string): FeedFault[] {
  if (isPrivateAddress(url)) {
    return [
      warning(
        'feed.not_public',
        'The address of the feed works only on this machine or this network, so podcast apps cannot reach it.',
        'Open Selah under a public name. The operator of the server sets SITE_URL to it.',
      ),
    ]
  }
  if (url.startsWith('https:')) return []
  return [
    warning(
      'feed.not_encrypted',
      'The feed is served without encryption, which some podcast apps refuse.',
      'Serve Selah over https. The operator of the server sets SITE_URL to that address.',
    ),
  ]
}

function checkHeaders(response: Response): FeedFault[] {
  const type = response.headers.get('content-type') ?? ''
  const faults: FeedFault[] = []
  if (!/xml/i.test(type)) {
    faults.push(
      warning(
        'feed.content_type',
        type ? `The feed is sent as “${type}”.` : 'The feed is sent without a content type.',
        'Send it as application/rss+xml.',
      ),
    )
  }
  if (!response.headers.has('etag') && !response.headers.has('last-modified')) {
    faults.push(
      warning(
        'feed.no_validator',
        'The feed has no ETag, so apps fetch all of it each time.',
        'Configure the server to send an ETag.',
      ),
    )
  }
  return faults
}

function checkChannel(feed: ParsedFeed): FeedFault[] {
  const inSettings = 'Add it in the podcast settings of the dashboard.'
  const faults: FeedFault[] = []
  if (!feed.title) faults.push(fault('feed.no_title', 'The feed has no title.', 'Give the church a name.'))
  if (!feed.description) {
    faults.push(fault('feed.no_description', 'The feed has no description.', inSettings))
  }
  if (!feed.link) faults.push(fault('feed.no_link', 'The feed names no web page.', 'Add the tag <link>.'))
  if (!feed.language) faults.push(fault('feed.no_language', 'The feed names no language.', inSettings))
  else if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(feed.language)) {
    faults.push(
      fault('feed.language', `“${feed.language}” is not a language code.`, 'Use a code such as en or pt-BR.'),
    )
  }
  if (!feed.category) {
    faults.push(fault('feed.no_category', 'The feed has no category, which Apple requires.', inSettings))
  }
  if (!feed.explicit) {
    faults.push(
      fault(
        'feed.no_explicit',
        'The feed does not say whether it is explicit, which Apple requires.',
        inSettings,
      ),
    )
  }
  if (!feed.author) faults.push(warning('feed.no_author', 'The feed names no author.', inSettings))
  if (!feed.ownerEmail) {
    faults.push(
      warning(
        'feed.no_owner_email',
        'The feed has no owner email address. Spotify and YouTube send the code that confirms the owner to it.',
        inSettings,
      ),
    )
  }
  if (!feed.guid) {
    faults.push(
      warning(
        'feed.no_guid',
        'The feed has no podcast:guid.',
        'Add the tag, so that apps recognise the feed at a new address.',
      ),
    )
  }
  if (feed.items.length === 0) {
    faults.push(
      fault('feed.no_episodes', 'The feed has no episodes. Apple refuses such a feed.', 'Publish a sermon.'),
    )
  }
  return faults
}
