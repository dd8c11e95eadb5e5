import { describe, expect, it } from 'vitest'
import { readRequest } from './read-request.ts'

describe('readRequest', () => {
  it.each([
    'Which sermons are on Romans 8?',
    'What sermons do you have about suffering?',
    'Which sermon talks about the prodigal son?',
    'Show me all sermons on prayer',
    'Can you list the sermons from Ruth?',
    'Are there any sermons about marriage?',
    'Sermons on grief',
    'Find sermons by Anna Moss',
  ])('wants a list of sermons: %s', (question) => {
    expect(readRequest(question)).toEqual({ kind: 'sermons' })
  })

  it.each([
    'Who preached about suffering?',
    'Who has spoken on Romans 8?',
    'Who else taught about prayer?',
    'Which preachers speak of money?',
  ])('wants a list of speakers: %s', (question) => {
    expect(readRequest(question)).toEqual({ kind: 'speakers' })
  })

  it.each([
    'Summarise this sermon',
    'Please summarize the sermon.',
    'Can you give me a short summary?',
    'What is this sermon about?',
    "What's this about?",
    'What are the main points of this message?',
    'Sum up',
  ])('wants a summary of the sermon at hand: %s', (question) => {
    expect(readRequest(question)).toEqual({ kind: 'summary', subject: '' })
  })

  it('reads which sermon a summary is of', () => {
    expect(readRequest('Summarise “The Anchor of Hope”')).toEqual({
      kind: 'summary',
      subject: 'The Anchor of Hope',
    })
    for (const question of [
      'Summarize the sermon Regeneration',
      'A summary of the talk called “Regeneration”',
    ]) {
      expect(readRequest(question)).toEqual({ kind: 'summary', subject: 'Regeneration' })
    }
  })

  it.each([
    'What does the Sermon on the Mount teach?',
    'Sermon on the Mount',
    'Who taught the disciples to pray?',
    'Who spoke to Moses from the bush?',
    'What is love about?',
    'What is the main reason for prayer?',
    'What did Pastor Reed say about thankfulness?',
    'What is the message of the cross?',
  ])('wants an answer: %s', (question) => {
    expect(readRequest(question)).toEqual({ kind: 'answer' })
  })
})
