import { z } from 'zod'
import { apiAnswerSchema } from '#lib/ask/to-api-answer.ts'
import { apiChaptersSchema } from '#lib/chapters/read-chapters.ts'
import { apiClipSchema } from '#lib/clips/to-api-clip.ts'
import { apiCutSchema } from '#lib/cuts/read-cut.ts'
import { apiLibrarySchema } from '#lib/listening/library.ts'
import { apiRecordingsSchema } from '#lib/listening/list-recordings.ts'
import { apiPositionSchema } from '#lib/listening/positions.ts'
import { apiHitSchema } from '#lib/search/to-api-hit.ts'
import { collectionSchema } from '#lib/sermons/collections.ts'
import { transcriptVersionSchema } from '#lib/sermons/list-transcript-versions.ts'
import { apiPlayableSchema } from '#lib/sermons/playable-sermon.ts'
import { apiSuggestionSchema } from '#lib/sermons/review-suggestions.ts'
import { apiSermonSchema } from '#lib/sermons/to-api-sermon.ts'
import { apiCorrectionSchema, apiTranscriptSchema } from '#lib/sermons/to-api-transcript.ts'
import { apiNextSchema } from '#lib/sharing/find-next-in-series.ts'

type OperationText = {
  summary: string
  /** The status and the shape of a success; without a shape the answer is an object that may grow. */
  status?: number
  response?: z.ZodType
  /** The media type of a success that is not JSON. */
  mediaType?: string
}

const uploadPermissionSchema = z.object({}).catchall(z.unknown())
const sermonPageSchema = z.object({
  sermons: z.array(apiSermonSchema),
  next: z.string().nullable().describe('The `cursor` of the next page.'),
})

/** What each operation of `/api/v1` does and answers. A test compares the keys with the routes. */
export const apiOperations: Readonly<Record<string, OperationText>> = {
  'POST /api/v1/ask': {
    summary: 'Answers a question with quotes from the sermons.',
    response: apiAnswerSchema,
  },
  'GET /api/v1/church': {
    summary:
      'Reads the name and the profile of the church, its time zone and language, and the names it has used.',
    response: z.object({
      name: z.string(),
      description: z.string(),
      serviceTimes: z.string(),
      website: z.string().describe('An address with `https:` or `http:`; empty for none.'),
      timeZone: z.string().describe('An IANA name such as `Europe/London`.'),
      language: z.string().describe('A tag of BCP 47.'),
      speakers: z.array(z.string()),
      series: z.array(z.string()),
      topics: z.array(z.string()),
    }),
  },
  'GET /api/v1/search': {
    summary: 'Finds passages of sermons.',
    response: z.object({ results: z.array(apiHitSchema) }),
  },
  'GET /api/v1/sermons': {
    summary:
      'Lists published sermons, or all sermons of the church for a member. With the slug of a `series`, its published sermons.',
    response: sermonPageSchema,
  },
  'POST /api/v1/sermons': {
    summary: 'Creates a draft and the permission to upload its recording.',
    status: 201,
    response: z.object({ sermon: apiSermonSchema, upload: uploadPermissionSchema }),
  },
  'GET /api/v1/sermons/playable': {
    summary:
      'Lists the published sermons of a series, speaker, topic, year or book that can be played, the first preached first. Those without a day come last.',
    response: z.object({ sermons: z.array(apiPlayableSchema) }),
  },
  'GET /api/v1/sermons/same-recording': {
    summary: 'Finds the newest sermon of the church that has a file as its recording already.',
    response: z.object({ sermon: z.object({ id: z.uuid(), title: z.string() }).nullable() }),
  },
  'POST /api/v1/sermons/text': {
    summary: 'Creates a sermon from its text, without a recording.',
    status: 201,
    response: z.object({ sermon: apiSermonSchema }),
  },
  'GET /api/v1/sermons/[id]': { summary: 'Reads a sermon.', response: apiSermonSchema },
  'PATCH /api/v1/sermons/[id]': { summary: 'Changes the details of a sermon.', response: apiSermonSchema },
  'DELETE /api/v1/sermons/[id]': {
    summary: 'Moves a sermon to the trash, where it is kept for 30 days.',
    status: 204,
  },
  'POST /api/v1/sermons/[id]/restore-recording': {
    summary: 'Makes an earlier recording the current one again: that of the query, or else the one before.',
    response: apiSermonSchema,
  },
  'POST /api/v1/sermons/[id]/confirm-recording': {
    summary: 'Confirms that the recording is used in spite of its warnings.',
    response: apiSermonSchema,
  },
  'POST /api/v1/sermons/[id]/restore': {
    summary: 'Restores a sermon from the trash.',
    response: apiSermonSchema,
  },
  'GET /api/v1/sermons/[id]/audio': {
    summary: 'Redirects to the audio file for podcasts (.m4a).',
    status: 302,
  },
  'POST /api/v1/sermons/[id]/complete-upload': {
    summary: 'Completes an upload and starts processing.',
  },
  'GET /api/v1/sermons/[id]/hls/[file]': {
    summary: 'Reads an HLS playlist: `master.m3u8`, or one of those it names.',
    mediaType: 'application/vnd.apple.mpegurl',
  },
  'POST /api/v1/sermons/[id]/publish': {
    summary:
      'Publishes a sermon now, or at a later time. With `onlyIfPlayable` it answers 409 `sermon.not_playable` for one without audio, and with `onlyIfConfirmed` 409 `sermon.recording_unconfirmed` for one whose recording has a warning. Without these it publishes, and confirms the recording.',
  },
  'POST /api/v1/sermons/[id]/unpublish': { summary: 'Unpublishes a sermon: only the team can open it.' },
  'POST /api/v1/sermons/[id]/reprocess': { summary: 'Processes a sermon again.' },
  'GET /api/v1/sermons/[id]/transcript': {
    summary: 'Reads the words of the transcript with their ids and times, sentences and paragraphs.',
    response: apiTranscriptSchema,
  },
  'PATCH /api/v1/sermons/[id]/transcript': {
    summary: 'Corrects words of the transcript. Answers 409 when another revision is newer.',
    response: apiCorrectionSchema,
  },
  'GET /api/v1/sermons/[id]/transcript/versions': {
    summary: 'Lists the versions of the transcript of the current recording, newest first.',
    response: z.object({ versions: z.array(transcriptVersionSchema) }),
  },
  'POST /api/v1/sermons/[id]/transcript/versions': {
    summary: 'Makes an earlier version of the transcript the current one.',
    response: apiTranscriptSchema,
  },
  'GET /api/v1/sermons/[id]/next-in-series': {
    summary:
      'Reads the published sermon that follows in the series of a sermon and can be played; null after the last.',
    response: apiNextSchema,
  },
  'GET /api/v1/sermons/[id]/chapters': {
    summary: 'Reads the chapters that listeners see, and those that were detected in the transcript.',
    response: apiChaptersSchema,
  },
  'PUT /api/v1/sermons/[id]/chapters': {
    summary: 'Replaces the chapters. Answers 409 when someone else changed them since `revision`.',
    response: apiChaptersSchema,
  },
  'GET /api/v1/sermons/[id]/cut': {
    summary: 'Reads which part of the uploaded recording is published, requested and proposed.',
    response: apiCutSchema,
  },
  'PUT /api/v1/sermons/[id]/cut': {
    summary:
      'Publishes only a part of the uploaded recording, in its times, as soon as it is prepared. Nothing is transcribed again.',
    status: 202,
    response: apiCutSchema,
  },
  'DELETE /api/v1/sermons/[id]/cut': {
    summary: 'Publishes the whole recording again, with the corrections that were made in the part.',
    response: apiCutSchema,
  },
  'POST /api/v1/sermons/[id]/cut/proposal': {
    summary: 'Requests that the beginning and the end of the sermon are detected in the recording.',
    status: 202,
    response: apiCutSchema,
  },
  'GET /api/v1/sermons/[id]/cut/sound': {
    summary: 'Redirects to the sound of the whole recording, also while only a part is published.',
    status: 302,
  },
  'GET /api/v1/sermons/[id]/suggestions': {
    summary: 'Lists what listeners propose for the transcript, oldest first.',
    response: z.object({ suggestions: z.array(apiSuggestionSchema) }),
  },
  'POST /api/v1/playback-reports': {
    summary: 'Reports how long a player waited for sound. Nothing about the listener is stored.',
    status: 202,
    response: z.object({ received: z.boolean() }),
  },
  'POST /api/v1/sermons/[id]/suggestions': {
    summary: 'Proposes a correction of a sentence of a published sermon. Needs no account.',
    status: 202,
    response: z.object({ received: z.boolean() }),
  },
  'POST /api/v1/sermons/[id]/suggestions/[suggestionId]': {
    summary: 'Accepts or declines a proposed correction.',
    response: z.object({ decided: z.boolean() }),
  },
  'POST /api/v1/sermons/[id]/transcript': {
    summary:
      'Accepts a transcript file, as the body or as the form field `file`: captions (VTT, SRT, SBV, ASS, LRC), tables (CSV, TSV), JSON of the usual recognisers, DOCX or text. Times that begin at an offset are refused with the code `transcript.late_times` unless `shift=auto` accepts the shift.',
    status: 202,
    response: apiSermonSchema,
  },
  'GET /api/v1/sermons/[id]/transcript.vtt': {
    summary: 'Reads the transcript as WebVTT.',
    mediaType: 'text/vtt',
  },
  'GET /api/v1/sermons/[id]/quote-card.png': {
    summary:
      'Draws the sentences of a published sermon that begin within a span, in milliseconds, as an image of 1200 × 1200 (`square`) or 1200 × 630 (`wide`).',
    mediaType: 'image/png',
  },
  'GET /api/v1/sermons/[id]/clips': {
    summary:
      'Lists the clips of a sermon, newest first. Listeners see the ready ones of a published sermon; the team sees all.',
    response: z.object({
      clips: z.array(apiClipSchema),
      mayMake: z.boolean().describe('Whether the caller may make clips of this sermon.'),
    }),
  },
  'POST /api/v1/sermons/[id]/clips': {
    summary:
      'Requests a clip of the sentences that begin within a span of at most 60 seconds. The same passage in the same shape is made once.',
    status: 202,
    response: apiClipSchema,
  },
  'GET /api/v1/clips/[id]': { summary: 'Reads a clip and how far it is.', response: apiClipSchema },
  'DELETE /api/v1/clips/[id]': { summary: 'Deletes a clip. Its addresses stop at once.', status: 204 },
  'GET /api/v1/clips/[id]/file': {
    summary: 'Redirects to the file of a ready clip (.mp4 or .m4a); with `download` browsers save it.',
    status: 302,
  },
  'GET /api/v1/clips/[id]/captions.vtt': {
    summary: 'Reads the words of a clip as WebVTT, with times from its start.',
    mediaType: 'text/vtt',
  },
  'POST /api/v1/sermons/[id]/upload': { summary: 'Renews the permission to upload a recording.' },
  'PUT /api/v1/sermons/[id]/upload': {
    summary: 'Creates the permission to upload a recording that replaces another.',
  },
  'GET /api/v1/me/export': {
    summary: 'Everything that is stored about the signed-in listener, as a file.',
  },
  'GET /api/v1/me/library': {
    summary:
      'Reads what the signed-in listener keeps: sermons for later, the queue, the history, playlists, followed series and bookmarks. With `If-None-Match` the answer is 304 while nothing has changed.',
    response: apiLibrarySchema,
  },
  'PUT /api/v1/me/library': {
    summary:
      'Merges changes into the library of the signed-in listener. For each item the last change holds, whenever it arrives, and a removal is a change; the answer is the library.',
    response: apiLibrarySchema,
  },
  'GET /api/v1/me/positions': {
    summary: 'Lists where the signed-in listener is in each sermon, the latest listening first.',
    response: z.object({ positions: z.array(apiPositionSchema) }),
  },
  'PUT /api/v1/me/positions/[sermonId]': {
    summary:
      'Stores where the signed-in listener is. The latest moment of listening wins, whenever it arrives; the answer is the place that holds.',
    response: apiPositionSchema,
  },
  'GET /api/v1/recordings': {
    summary:
      'The present recordings of sermons, and what leads from times of the whole recording and of its parts to them. Sermons that listeners cannot play are left out.',
    response: apiRecordingsSchema,
  },
  'GET /api/v1/church/logo': {
    summary: 'Sends the logo of a church.',
    mediaType: 'image/png',
  },
  'PUT /api/v1/church/logo': {
    summary: 'Makes the image in the body (JPEG, PNG or WebP) the logo of the church.',
  },
  'DELETE /api/v1/church/logo': { summary: 'Removes the logo of the church.', status: 204 },
  'PUT /api/v1/podcast/cover': {
    summary: 'Makes the square image in the body the cover of the podcast.',
  },
  'DELETE /api/v1/podcast/cover': { summary: 'Restores the generated cover.', status: 204 },
  'GET /api/v1/speakers': {
    summary: 'Lists the speakers of the church.',
    response: z.object({ speakers: z.array(collectionSchema) }),
  },
  'PATCH /api/v1/speakers/[id]': {
    summary: 'Changes the name or the description of a speaker. The address before it forwards.',
    status: 204,
  },
  'DELETE /api/v1/speakers/[id]': {
    summary: 'Deletes a speaker that no sermon has, also none in the trash.',
    status: 204,
  },
  'POST /api/v1/speakers/[id]/merge': {
    summary: 'Gives the sermons of a speaker to the one named in `into`, to whom the address then forwards.',
    status: 204,
  },
  'GET /api/v1/topics': {
    summary: 'Lists the topics of the church.',
    response: z.object({ topics: z.array(collectionSchema) }),
  },
  'PATCH /api/v1/topics/[id]': {
    summary: 'Changes the name or the description of a topic. The address before it forwards.',
    status: 204,
  },
  'DELETE /api/v1/topics/[id]': {
    summary: 'Deletes a topic that no sermon has, also none in the trash.',
    status: 204,
  },
  'POST /api/v1/topics/[id]/merge': {
    summary: 'Gives the sermons of a topic to the one named in `into`, to which the address then forwards.',
    status: 204,
  },
  'GET /api/v1/sermons/[id]/topic-suggestions': {
    summary:
      'Suggests topics that the text of a sermon speaks of and that it does not have, the clearest first.',
    response: z.object({ topics: z.array(z.string()) }),
  },
  'GET /api/v1/series': {
    summary: 'Lists the series of the church.',
    response: z.object({ series: z.array(collectionSchema) }),
  },
  'PATCH /api/v1/series/[id]': {
    summary: 'Changes the name or the description of a series. The address before it forwards.',
    status: 204,
  },
  'DELETE /api/v1/series/[id]': {
    summary: 'Deletes a series that no sermon has, also none in the trash.',
    status: 204,
  },
  'POST /api/v1/series/[id]/merge': {
    summary: 'Gives the sermons of a series to the one named in `into`, to which the address then forwards.',
    status: 204,
  },
  'GET /api/v1/trash': { summary: 'Lists the sermons in the trash.', response: sermonPageSchema },
  'DELETE /api/v1/trash/[id]': {
    summary: 'Deletes a sermon of the trash permanently, with its files.',
    status: 204,
  },
  'POST /api/v1/login': {
    summary:
      'Trades an email address and a password for an API token, with `code` for a person who has a second factor (else 401 with the code `auth.code_needed`).',
    status: 201,
  },
  'GET /api/v1/members': { summary: 'Lists the members of the church, for its owner.' },
  'POST /api/v1/members': {
    summary:
      'Adds a member, and mails them the link for their password where mail is configured. Only this answer contains it.',
    status: 201,
  },
  'PATCH /api/v1/members/[id]': { summary: 'Changes the role of a member.' },
  'POST /api/v1/members/[id]/invitation': {
    summary:
      'Makes a new link for an invited person who has not signed in, as the first one. Only this answer contains it.',
    status: 201,
  },
  'DELETE /api/v1/members/[id]': {
    summary: 'Removes a member with their tokens and sessions.',
    status: 204,
  },
  'GET /api/v1/tokens': {
    summary: 'Lists the API tokens of the caller, or of the whole church for its owner.',
  },
  'POST /api/v1/tokens': {
    summary:
      'Creates an API token with the scope `read`, `write` or `operate`, by default the largest that the caller may give. It ends after a year by default. Only this answer contains it.',
    status: 201,
  },
  'DELETE /api/v1/tokens/[id]': { summary: 'Revokes an API token.', status: 204 },
  'GET /api/v1/live': { summary: 'Sends changes as server-sent events.', mediaType: 'text/event-stream' },
  'GET /api/v1/orphans': { summary: 'Lists stored files that belong to no sermon, page by page.' },
  'POST /api/v1/orphans': { summary: 'Removes the stored files of one page that belong to no sermon.' },
  'GET /api/v1/queues': { summary: 'Lists the queues with their backlog.' },
  'POST /api/v1/queues/pause': { summary: 'Pauses a queue.' },
  'POST /api/v1/queues/resume': { summary: 'Resumes a queue.' },
  'GET /api/v1/events': { summary: 'Lists events: requests for work.' },
  'GET /api/v1/runs': { summary: 'Lists runs, newest first.' },
  'GET /api/v1/runs/count': { summary: 'Counts the runs that a filter matches.' },
  'GET /api/v1/runs/figures': { summary: 'Reads durations and success rates of runs.' },
  'GET /api/v1/runs/errors': { summary: 'Lists errors of runs, grouped.' },
  'GET /api/v1/runs/[id]': { summary: 'Reads a run with its attempts, steps and logs.' },
  'POST /api/v1/runs/[id]/retry': { summary: 'Retries a run.' },
  'POST /api/v1/runs/[id]/cancel': { summary: 'Cancels a run.' },
  'POST /api/v1/runs/retry': { summary: 'Retries the runs that a filter matches.' },
  'POST /api/v1/runs/cancel': { summary: 'Cancels the runs that a filter matches.' },
  'POST /api/v1/steps/[id]/rerun': { summary: 'Runs a step again, and the steps after it.' },
  'GET /api/v1/dead-letters': { summary: 'Lists dead letters.' },
  'GET /api/v1/dead-letters/groups': { summary: 'Lists dead letters, grouped by their cause.' },
  'POST /api/v1/dead-letters/discard': { summary: 'Discards the dead letters that a filter matches.' },
  'POST /api/v1/dead-letters/[id]/discard': { summary: 'Discards a dead letter.' },
  'POST /api/v1/dead-letters/[id]/redrive': { summary: 'Requests the work of a dead letter again.' },
  'GET /api/v1/redrives': { summary: 'Lists redrives.' },
  'POST /api/v1/redrives': { summary: 'Requests the work of many dead letters again.' },
  'POST /api/v1/redrives/[id]/stop': { summary: 'Stops a redrive.' },
}
