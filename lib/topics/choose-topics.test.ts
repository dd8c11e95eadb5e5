import { describe, expect, it } from 'vitest'
import { chooseTopics, type Spoken } from './choose-topics.ts'

const subject = (name: string, more: Partial<Spoken> = {}): Spoken => ({
  ...{ name, times: 40, expected: 4, share: 0.5, isNamed: false },
  ...more,
})

describe('chooseTopics', () => {
  it('chooses what the text speaks of far more than is usual, the clearest first', () => {
    const [clear, clearer] = [subject('Hope'), subject('Prayer', { times: 80 })]
    expect(chooseTopics([clear, clearer, subject('Sin', { times: 8, expected: 6 })])).toEqual([
      'Prayer',
      'Hope',
    ])
  })

  it('leaves out what is usual, what is said in one place only, and what is hardly said', () => {
    expect(chooseTopics([subject('Sin', { expected: 40 })])).toEqual([])
    expect(chooseTopics([subject('Money', { share: 0.05 })])).toEqual([])
    expect(chooseTopics([subject('Angels', { times: 2, expected: 0.01 })])).toEqual([])
    expect(chooseTopics([])).toEqual([])
  })

  it('accepts less of what the title names', () => {
    const weak = { times: 9, expected: 3, share: 0.1 }
    expect(chooseTopics([subject('Courage', weak)])).toEqual([])
    expect(chooseTopics([subject('Courage', { ...weak, times: 12, isNamed: true })])).toEqual(['Courage'])
  })

  it('chooses at most five, and nothing that is far less clear than the clearest', () => {
    const many = Array.from({ length: 9 }, (_, at) => subject(`Topic ${at}`, { times: 40 + at }))
    expect(chooseTopics(many)).toEqual(['Topic 8', 'Topic 7', 'Topic 6', 'Topic 5', 'Topic 4'])
    expect(chooseTopics([subject('Faith', { times: 300 }), subject('Hope', { times: 20 })])).toEqual([
      'Faith',
    ])
  })
})
