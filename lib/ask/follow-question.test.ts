import { describe, expect, it } from 'vitest'
import { followQuestion } from './follow-question.ts'

describe('followQuestion', () => {
  it.each([
    'And what about his brother?',
    'What about the sons?',
    'When did he leave?',
    'Why?',
    'How often?',
    'Tell me more',
    'What happened to them?',
  ])('keeps the subject of the question before: %s', (question) => {
    expect(followQuestion(question, ['Who was Jacob?'])).toBe(`Who was Jacob? ${question}`)
  })

  it.each([
    'What is forgiveness?',
    'What does it mean to forgive?',
    'Is it wrong to gamble?',
    'Does God ever change his mind?',
    'How did Joseph treat his brothers in Egypt?',
  ])('does not change a question with its own subject: %s', (question) => {
    expect(followQuestion(question, ['Who was Jacob?'])).toBe(question)
  })

  it('includes earlier questions back to the subject', () => {
    expect(followQuestion('Why?', ['Where is hell?', 'Who was Jacob?', 'Where did he go?'])).toBe(
      'Who was Jacob? Where did he go? Why?',
    )
  })

  it('does not change a first question', () => {
    expect(followQuestion('And what about his brother?', [])).toBe('And what about his brother?')
  })
})
