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
    'Find me a sermon about marriage',
    'I want to hear a sermon about prayer',
    'I’m looking for a message on suffering',
    'What has been preached on Romans 8?',
    'What was preached about prayer?',
    'What do you have on grief?',
    'Anything on marriage?',
    'Do you have anything about Easter?',
    'Preaching on prayer',
    'Do any sermons deal with guilt?',
    'Got any sermons on temptation?',
    'Sermon on Romans 8:1',
    'Easter sermons',
    'What’s been preached on Luke 17?',
    'All sermons in the Romans series',
    'What did Anna Moss preach on?',
  ])('wants a list of sermons: %s', (question) => {
    expect(readRequest(question)).toMatchObject({ kind: 'sermons' })
  })

  it.each([
    'Who preached about suffering?',
    'Who has spoken on Romans 8?',
    'Who else taught about prayer?',
    'Which preachers speak of money?',
    'Who gave a talk on money?',
    'Has anyone preached on depression?',
    'Did any pastor preach about money?',
    'Is there anyone who spoke about marriage?',
    'Whose sermon is about Elijah?',
  ])('wants a list of speakers: %s', (question) => {
    expect(readRequest(question)).toMatchObject({ kind: 'speakers' })
  })

  it.each([
    'Summarise this sermon',
    'Please summarize the sermon.',
    'Can you give me a short summary?',
    'What is this sermon about?',
    "What's this about?",
    'What are the main points of this message?',
    'Sum up',
    'Could you sum it up for me please?',
  ])('wants a summary of the sermon at hand: %s', (question) => {
    expect(readRequest(question)).toMatchObject({ kind: 'summary', subject: '' })
  })

  it('searches for the subject of a list, and for a whole book by its chapters', () => {
    expect(readRequest('Which of the preachers has spoken about money?')).toMatchObject({
      search: 'sermons about money',
      bookSearch: null,
    })
    expect(readRequest('Any messages on the book of Ruth?')).toMatchObject({
      bookSearch: 'sermons on Ruth 1-4',
    })
    expect(readRequest('Who preached about Ruth?')).toMatchObject({ bookSearch: null })
    expect(readRequest('What did Anna Moss preach on?')).toMatchObject({
      search: 'sermons by Anna Moss',
      isOfSpeaker: true,
    })
  })

  it('reads which sermon a summary is of', () => {
    expect(readRequest('Summarise “The Anchor of Hope”')).toMatchObject({
      kind: 'summary',
      subject: 'The Anchor of Hope',
    })
    for (const question of [
      'Summarize the sermon Regeneration',
      'A summary of the talk called “Regeneration”',
    ]) {
      expect(readRequest(question)).toMatchObject({ kind: 'summary', subject: 'Regeneration' })
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
    'Give me the message of the cross',
    'Is there anything God cannot do?',
    'Has anyone seen God?',
    'What did Paul write about marriage?',
    'What has been said about Peter?',
    'Who gave the law to Moses?',
  ])('wants an answer: %s', (question) => {
    expect(readRequest(question)).toEqual({ kind: 'answer' })
  })
})
