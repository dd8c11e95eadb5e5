import { describeCollection } from '../../_components/read-collection.ts'
import { CollectionPage } from '../../_components/sermon-collection.tsx'

type Props = PageProps<'/speakers/[slug]'>

export const generateMetadata = (props: Props) => describeCollection('speaker', props)

export default function SpeakerPage(props: Props) {
  return <CollectionPage kind="speaker" {...props} />
}
