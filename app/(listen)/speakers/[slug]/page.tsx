import { describeCollection, readCollection } from '../../_components/read-collection.ts'
import { SermonCollection } from '../../_components/sermon-collection.tsx'

type Props = PageProps<'/speakers/[slug]'>

export const generateMetadata = (props: Props) => describeCollection('speaker', props)

export default async function SpeakerPage(props: Props) {
  const { path: _, ...collection } = await readCollection('speaker', props)
  return <SermonCollection kind="speaker" {...collection} />
}
