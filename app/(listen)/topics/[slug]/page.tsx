import { describeCollection } from '../../_components/read-collection.ts'
import { CollectionPage } from '../../_components/sermon-collection.tsx'

type Props = PageProps<'/topics/[slug]'>

export const generateMetadata = (props: Props) => describeCollection('topic', props)

export default function TopicPage(props: Props) {
  return <CollectionPage kind="topic" {...props} />
}
