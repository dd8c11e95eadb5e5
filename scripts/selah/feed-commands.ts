import { checkFeed } from '#lib/feeds/check-feed.ts'
import type { FeedFault, FeedReport } from '#lib/feeds/feed-fault.ts'
import { fetchWithTimeout } from '#lib/feeds/feed-fetch.ts'
import { findUrl } from './connect-api.ts'

interface Cli {
  rest: readonly string[]
  print(value: unknown, human: string): void
}

/** Returns the commands for podcast feeds. They need no sign-in, because a feed is public. */
export function feedCommands({ rest, print }: Cli): Record<string, () => Promise<void>> {
  return {
    async feed() {
      if (rest[0] !== 'check') throw new Error('Use: feed check [url]')
      const url = rest[1] ?? `${await findUrl()}/feeds/podcast.xml`
      const report = await checkFeed({ fetch: fetchWithTimeout }, { url })
      print(report, describeReport(report))
      if (!report.ok) process.exitCode = 1
    },
  }
}

function describeReport({ url, title, episodes, checkedEpisodes, faults }: FeedReport): string {
  const head =
    title === null ? url : `${title} (${url}): ${episodes} episodes, audio of ${checkedEpisodes} checked`
  if (faults.length === 0) return `${head}\nThe feed has no faults.`
  return [head, ...faults.map(describeFault)].join('\n')
}

const describeFault = ({ severity, message, advice, episode }: FeedFault) =>
  `  ${severity}: ${episode ? `${episode}: ` : ''}${message} ${advice}`
