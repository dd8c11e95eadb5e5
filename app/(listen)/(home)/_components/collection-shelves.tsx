import { services } from '#app/_server/services.ts'
import { readBookCounts } from '#lib/scripture/read-coverage.ts'
import { listGroups } from '#lib/sermons/list-collections.ts'
import { BibleShelf } from './bible-shelf.tsx'
import { SeriesShelf } from './series-shelf.tsx'
import { SpeakersShelf } from './speakers-shelf.tsx'
import { TopicsShelf } from './topics-shelf.tsx'

const MAX_SERIES = 12
const MAX_SPEAKERS = 9
const MAX_TOPICS = 20
/** With fewer, a shelf offers nothing that the sermons above do not. */
const FEWEST = 2

/** What else there is: series, speakers, topics and the books of the Bible. A shelf with next to nothing on it is left out. */
export async function CollectionShelves() {
  const [series, speakers, topics, counts] = await Promise.all([
    listGroups(services(), { kind: 'series', limit: MAX_SERIES }),
    listGroups(services(), { kind: 'speaker', limit: MAX_SPEAKERS }),
    listGroups(services(), { kind: 'topic', limit: MAX_TOPICS }),
    readBookCounts(services()),
  ])
  return (
    <>
      {series.length >= FEWEST ? <SeriesShelf series={series} /> : null}
      {speakers.length >= FEWEST ? <SpeakersShelf speakers={speakers} /> : null}
      {topics.length >= FEWEST ? <TopicsShelf topics={topics} /> : null}
      {counts.filter(({ sermons }) => sermons > 0).length >= FEWEST ? <BibleShelf counts={counts} /> : null}
    </>
  )
}
