import { expect, test } from 'vitest'
import { splitTopics } from './split-topics.ts'

test.each([
  ['Prayer, Hope', ['Prayer', 'Hope']],
  ['Prayer; The Lord’s Supper;', ['Prayer', 'The Lord’s Supper']],
  [' , ', undefined],
  ['', undefined],
  [undefined, undefined],
])('the topics of %j are %j', (text, names) => expect(splitTopics(text)).toEqual(names))
