import { isbot } from 'isbot'

/** Podcast apps whose user agents `isbot` takes for programs. */
const podcastApps =
  /podcast|podbean|overcast|pocket ?casts|antennapod|castro|castbox|castamatic|downcast|goodpods|player ?fm|gpodder|fountain|truefans|snipd/i
/** What such an app, or the service of its maker, sends when nobody listens. */
const services = /bot\b|crawl|spider|feed ?(parser|fetcher|validator)|checker|monitor|itms\b/i

/** Whether a person may be behind a user agent. Nothing without a user agent is counted. */
export function isCountedClient(userAgent: string): boolean {
  if (userAgent.trim() === '' || services.test(userAgent)) return false
  return podcastApps.test(userAgent) || !isbot(userAgent)
}
