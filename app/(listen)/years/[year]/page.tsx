import { describeCollection } from '../../_components/read-collection.ts'
import { CollectionPage } from '../../_components/sermon-collection.tsx'

type Props = PageProps<'/years/[year]'>

export const generateMetadata = (props: Props) => describeCollection('year', props)

export default function YearPage(props: Props) {
  return <CollectionPage kind="year" {...props} />
}
