import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { MAX_QUESTION_LENGTH } from '#lib/ask/answer-question.ts'
import { askSermons } from '#lib/ask/ask-sermons.ts'
import { apiAnswerSchema, toApiAnswer } from '#lib/ask/to-api-answer.ts'
import type { Actor } from '#lib/auth/actor.ts'
import type { Services } from '#lib/create-services.ts'
import { AppError } from '#lib/errors.ts'
import { type Caller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { formatRange } from '#lib/scripture/format-references.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { chooseReranker } from '#lib/search/choose-reranker.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { apiHitSchema, toApiHit } from '#lib/search/to-api-hit.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { apiSermonSchema, toApiSermon } from '#lib/sermons/to-api-sermon.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'
import { selectSentences } from './select-sentences.ts'

const limit = z.number().int().min(1).max(50).default(10)
const sermonKey = textKey({ name: 'sermon', max: 300, required: 'Give the id or the slug of a sermon.' })

/**
 * The tools of Selah for a Model Context Protocol client, for one request of `actor` (null: published sermons only).
 * `caller` identifies the caller for rate limits. Failures become error results that say what to do.
 */
export function createMcpServer(
  services: Services,
  { actor, caller, signal }: { actor: Actor | null; caller: Caller; signal: AbortSignal },
): McpServer {
  const { db, env } = services
  const scope = { memberOf: actor?.memberships.map(({ churchId }) => churchId) ?? [] }
  const server = new McpServer(
    { name: 'selah', version: '1' },
    {
      instructions:
        'Sermons with transcripts. Quote the returned text unchanged and name its sermon and speaker. ' +
        'When `ask` refuses, say that this was not preached here. Show `care` before anything else.',
    },
  )
  const findSermon = (key: string) =>
    findVisibleSermon(services, { ...(z.uuid().safeParse(key).success ? { id: key } : { slug: key }), actor })
  const search = async (query: string, most: number) => {
    await limitRequest(services, 'search', caller)
    const { hits } = await searchPassages(
      { db, embedder: chooseEmbedder(env), reranker: chooseReranker(env) },
      { query, limit: most, perSermon: 3, scope, signal },
    )
    return hits
  }

  server.registerTool(
    'search_sermons',
    {
      title: 'Search sermons',
      description: 'Finds passages of sermons by words, by meaning or by a Bible reference, best first.',
      inputSchema: {
        query: textLine({ name: 'query', max: MAX_QUESTION_LENGTH, required: 'Give a query.' }),
        limit,
      },
      outputSchema: { results: z.array(apiHitSchema) },
      annotations: { readOnlyHint: true },
    },
    ({ query, limit: most }) => answer(async () => ({ results: (await search(query, most)).map(toApiHit) })),
  )
  server.registerTool(
    'ask',
    {
      title: 'Ask the sermons',
      description:
        'Answers a question with quotes in the words of the preachers, or says that nothing was preached on it.',
      inputSchema: {
        question: textLine({ name: 'question', max: MAX_QUESTION_LENGTH, required: 'Give a question.' }),
        sermon: sermonKey.optional().describe('The id or slug of the only sermon to ask.'),
      },
      outputSchema: apiAnswerSchema.shape,
      annotations: { readOnlyHint: true },
    },
    ({ question, sermon }) =>
      answer(async () => {
        await limitRequest(services, 'ask', caller)
        const sermonId = sermon === undefined ? undefined : (await findSermon(sermon)).id
        return toApiAnswer(await askSermons(services, { question, scope: { sermonId }, actor, signal }))
      }),
  )
  server.registerTool(
    'get_sermon',
    {
      title: 'Read the details of a sermon',
      description: 'Title, speaker, series, topics, scripture, date, state and links of a sermon.',
      inputSchema: { sermon: sermonKey.describe('The id or slug of the sermon.') },
      outputSchema: apiSermonSchema.shape,
      annotations: { readOnlyHint: true },
    },
    ({ sermon }) => answer(async () => toApiSermon(await findSermon(sermon), env.SITE_URL)),
  )
  server.registerTool(
    'get_transcript',
    {
      title: 'Read the transcript of a sermon',
      description: 'The sentences of a sermon with their times in milliseconds. Read on from `nextSentence`.',
      inputSchema: {
        sermon: sermonKey.describe('The id or slug of the sermon.'),
        firstSentence: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(1000).default(200),
      },
      outputSchema: {
        sermonId: z.uuid(),
        draft: z.boolean().describe('Whether no person has reviewed this transcript.'),
        sentences: z.array(z.object({ text: z.string(), startMs: z.number(), endMs: z.number() })),
        nextSentence: z.number().nullable(),
      },
      annotations: { readOnlyHint: true },
    },
    ({ sermon, firstSentence, limit: most }) =>
      answer(async () => {
        const { id } = await findSermon(sermon)
        const transcript = await readTranscript(services, { sermonId: id })
        if (!transcript) throw new AppError('not_found', 'This sermon has no transcript yet.')
        return {
          sermonId: id,
          draft: transcript.isDraft,
          ...selectSentences(transcript, { firstSentence, limit: most }),
        }
      }),
  )
  server.registerTool(
    'list_by_scripture',
    {
      title: 'List sermons by Bible reference',
      description: 'Sermons on a Bible passage, such as "Romans 8" or "John 3:16", best first.',
      inputSchema: {
        reference: textLine({ name: 'reference', max: 200, required: 'Give a reference.' }),
        limit,
      },
      outputSchema: { reference: z.string(), results: z.array(apiHitSchema) },
      annotations: { readOnlyHint: true },
    },
    ({ reference, limit: most }) =>
      answer(async () => {
        const ranges = findReferences(reference)
        if (ranges.length === 0) {
          throw new AppError(
            'bad_request',
            `“${reference}” is not a Bible reference. Write it as in “John 3:16”.`,
          )
        }
        const names = ranges.map(formatRange).join('; ')
        const hits = (await search(names, most)).filter(({ scriptureFit }) => scriptureFit > 0)
        return { reference: names, results: hits.map(toApiHit) }
      }),
  )
  return server
}

/** The result of a tool, as data for programs and as text for a model; an expected failure as its message. */
async function answer(read: () => Promise<Record<string, unknown>>) {
  try {
    const result = await read()
    return { structuredContent: result, content: [{ type: 'text' as const, text: JSON.stringify(result) }] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { isError: true, content: [{ type: 'text' as const, text: error.message }] }
  }
}
