import { describeCollection } from '../../_components/read-collection.ts'
import { CollectionPage } from '../../_components/sermon-collection.tsx'

type Props = PageProps<'/series/[slug]'>

export const generateMetadata = (props: Props) => describeCollection('series', props)

export default function SeriesPage(props: Props) {
  return <CollectionPage kind="series" {...props} />
}
