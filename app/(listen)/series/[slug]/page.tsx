import { describeCollection, readCollection } from '../../_components/read-collection.ts'
import { SermonCollection } from '../../_components/sermon-collection.tsx'

type Props = PageProps<'/series/[slug]'>

export const generateMetadata = (props: Props) => describeCollection('series', props)

export default async function SeriesPage(props: Props) {
  const { path: _, ...collection } = await readCollection('series', props)
  return <SermonCollection kind="series" {...collection} />
}
