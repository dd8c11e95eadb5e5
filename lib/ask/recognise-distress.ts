import { distressByOthers } from './distress-by-others.ts'
import { lookAlikes } from './distress-look-alikes.ts'
import { distressOfSelf } from './distress-of-self.ts'
import { writeOutWords } from './write-out-words.ts'

const patterns = [...distressOfSelf, ...distressByOthers]

/**
 * Whether a question is about self-harm, abuse or danger, to oneself or to a person one knows, so that help is shown
 * first. Words of doctrine such as "dying to self" and people of the Bible do not count.
 */
export function recogniseDistress(question: string): boolean {
  let text = writeOutWords(question)
  for (const pattern of lookAlikes) text = text.replace(pattern, ' ')
  text = text.replace(/ +/g, ' ').trim()
  return patterns.some((pattern) => pattern.test(text))
}
