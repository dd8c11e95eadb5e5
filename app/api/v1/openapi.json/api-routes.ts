import { type Operation, readOperations } from '#app/_server/routes.ts'
import * as ask from '#app/api/v1/ask/route.ts'
import * as churchLogo from '#app/api/v1/church/logo/route.ts'
import * as church from '#app/api/v1/church/route.ts'
import * as clipsIdCaptions from '#app/api/v1/clips/[id]/captions.vtt/route.ts'
import * as clipsIdFile from '#app/api/v1/clips/[id]/file/route.ts'
import * as clipsId from '#app/api/v1/clips/[id]/route.ts'
import * as deadLettersIdDiscard from '#app/api/v1/dead-letters/[id]/discard/route.ts'
import * as deadLettersIdRedrive from '#app/api/v1/dead-letters/[id]/redrive/route.ts'
import * as deadLettersDiscard from '#app/api/v1/dead-letters/discard/route.ts'
import * as deadLettersGroups from '#app/api/v1/dead-letters/groups/route.ts'
import * as deadLetters from '#app/api/v1/dead-letters/route.ts'
import * as events from '#app/api/v1/events/route.ts'
import * as live from '#app/api/v1/live/route.ts'
import * as login from '#app/api/v1/login/route.ts'
import * as meExport from '#app/api/v1/me/export/route.ts'
import * as meLibrary from '#app/api/v1/me/library/route.ts'
import * as mePositionsSermonId from '#app/api/v1/me/positions/[sermonId]/route.ts'
import * as mePositions from '#app/api/v1/me/positions/route.ts'
import * as membersIdInvitation from '#app/api/v1/members/[id]/invitation/route.ts'
import * as membersId from '#app/api/v1/members/[id]/route.ts'
import * as members from '#app/api/v1/members/route.ts'
import * as orphans from '#app/api/v1/orphans/route.ts'
import * as playbackReports from '#app/api/v1/playback-reports/route.ts'
import * as podcastCover from '#app/api/v1/podcast/cover/route.ts'
import * as queuesPause from '#app/api/v1/queues/pause/route.ts'
import * as queuesResume from '#app/api/v1/queues/resume/route.ts'
import * as queues from '#app/api/v1/queues/route.ts'
import * as recordings from '#app/api/v1/recordings/route.ts'
import * as redrivesIdStop from '#app/api/v1/redrives/[id]/stop/route.ts'
import * as redrives from '#app/api/v1/redrives/route.ts'
import * as runsIdCancel from '#app/api/v1/runs/[id]/cancel/route.ts'
import * as runsIdRetry from '#app/api/v1/runs/[id]/retry/route.ts'
import * as runsId from '#app/api/v1/runs/[id]/route.ts'
import * as runsCancel from '#app/api/v1/runs/cancel/route.ts'
import * as runsCount from '#app/api/v1/runs/count/route.ts'
import * as runsErrors from '#app/api/v1/runs/errors/route.ts'
import * as runsFigures from '#app/api/v1/runs/figures/route.ts'
import * as runsRetry from '#app/api/v1/runs/retry/route.ts'
import * as runs from '#app/api/v1/runs/route.ts'
import * as search from '#app/api/v1/search/route.ts'
import * as seriesIdMerge from '#app/api/v1/series/[id]/merge/route.ts'
import * as seriesId from '#app/api/v1/series/[id]/route.ts'
import * as series from '#app/api/v1/series/route.ts'
import * as sermonsIdAudio from '#app/api/v1/sermons/[id]/audio/route.ts'
import * as sermonsIdChapters from '#app/api/v1/sermons/[id]/chapters/route.ts'
import * as sermonsIdClips from '#app/api/v1/sermons/[id]/clips/route.ts'
import * as sermonsIdCompleteUpload from '#app/api/v1/sermons/[id]/complete-upload/route.ts'
import * as sermonsIdConfirmRecording from '#app/api/v1/sermons/[id]/confirm-recording/route.ts'
import * as sermonsIdCutProposal from '#app/api/v1/sermons/[id]/cut/proposal/route.ts'
import * as sermonsIdCut from '#app/api/v1/sermons/[id]/cut/route.ts'
import * as sermonsIdCutSound from '#app/api/v1/sermons/[id]/cut/sound/route.ts'
import * as sermonsIdHlsFile from '#app/api/v1/sermons/[id]/hls/[file]/route.ts'
import * as sermonsIdNextInSeries from '#app/api/v1/sermons/[id]/next-in-series/route.ts'
import * as sermonsIdPublish from '#app/api/v1/sermons/[id]/publish/route.ts'
import * as sermonsIdQuoteCard from '#app/api/v1/sermons/[id]/quote-card.png/route.ts'
import * as sermonsIdReprocess from '#app/api/v1/sermons/[id]/reprocess/route.ts'
import * as sermonsIdRestore from '#app/api/v1/sermons/[id]/restore/route.ts'
import * as sermonsIdRestoreRecording from '#app/api/v1/sermons/[id]/restore-recording/route.ts'
import * as sermonsId from '#app/api/v1/sermons/[id]/route.ts'
import * as sermonsIdSuggestionsId from '#app/api/v1/sermons/[id]/suggestions/[suggestionId]/route.ts'
import * as sermonsIdSuggestions from '#app/api/v1/sermons/[id]/suggestions/route.ts'
import * as sermonsIdTopicSuggestions from '#app/api/v1/sermons/[id]/topic-suggestions/route.ts'
import * as sermonsIdTranscript from '#app/api/v1/sermons/[id]/transcript/route.ts'
import * as sermonsIdTranscriptVersions from '#app/api/v1/sermons/[id]/transcript/versions/route.ts'
import * as sermonsIdTranscriptVtt from '#app/api/v1/sermons/[id]/transcript.vtt/route.ts'
import * as sermonsIdUnpublish from '#app/api/v1/sermons/[id]/unpublish/route.ts'
import * as sermonsIdUpload from '#app/api/v1/sermons/[id]/upload/route.ts'
import * as sermonsPlayable from '#app/api/v1/sermons/playable/route.ts'
import * as sermons from '#app/api/v1/sermons/route.ts'
import * as sermonsSameRecording from '#app/api/v1/sermons/same-recording/route.ts'
import * as sermonsText from '#app/api/v1/sermons/text/route.ts'
import * as speakersIdMerge from '#app/api/v1/speakers/[id]/merge/route.ts'
import * as speakersId from '#app/api/v1/speakers/[id]/route.ts'
import * as speakers from '#app/api/v1/speakers/route.ts'
import * as stepsIdRerun from '#app/api/v1/steps/[id]/rerun/route.ts'
import * as tokensId from '#app/api/v1/tokens/[id]/route.ts'
import * as tokens from '#app/api/v1/tokens/route.ts'
import * as topicsIdMerge from '#app/api/v1/topics/[id]/merge/route.ts'
import * as topicsId from '#app/api/v1/topics/[id]/route.ts'
import * as topics from '#app/api/v1/topics/route.ts'
import * as trashId from '#app/api/v1/trash/[id]/route.ts'
import * as trash from '#app/api/v1/trash/route.ts'

const files = [
  series,
  seriesId,
  seriesIdMerge,
  speakers,
  speakersId,
  speakersIdMerge,
  topics,
  topicsId,
  topicsIdMerge,
  ask,
  church,
  churchLogo,
  clipsId,
  clipsIdCaptions,
  clipsIdFile,
  deadLettersIdDiscard,
  deadLettersIdRedrive,
  deadLettersDiscard,
  deadLettersGroups,
  deadLetters,
  events,
  live,
  login,
  meExport,
  meLibrary,
  mePositions,
  mePositionsSermonId,
  orphans,
  playbackReports,
  podcastCover,
  queuesPause,
  queuesResume,
  queues,
  recordings,
  redrivesIdStop,
  redrives,
  runsIdCancel,
  runsIdRetry,
  runsId,
  runsCancel,
  runsCount,
  runsErrors,
  runsFigures,
  runsRetry,
  runs,
  search,
  sermonsIdAudio,
  sermonsIdChapters,
  sermonsIdClips,
  sermonsIdCompleteUpload,
  sermonsIdConfirmRecording,
  sermonsIdCut,
  sermonsIdCutProposal,
  sermonsIdCutSound,
  sermonsIdHlsFile,
  sermonsIdNextInSeries,
  sermonsIdPublish,
  sermonsIdQuoteCard,
  sermonsIdReprocess,
  sermonsIdRestoreRecording,
  sermonsIdRestore,
  sermonsId,
  sermonsIdSuggestionsId,
  sermonsIdSuggestions,
  sermonsIdTopicSuggestions,
  sermonsIdTranscriptVersions,
  sermonsIdTranscriptVtt,
  sermonsIdTranscript,
  sermonsIdUnpublish,
  sermonsIdUpload,
  sermons,
  sermonsPlayable,
  sermonsSameRecording,
  sermonsText,
  stepsIdRerun,
  membersIdInvitation,
  membersId,
  members,
  tokensId,
  tokens,
  trashId,
  trash,
]

/** Every operation of `/api/v1`; a test compares it with the files. */
export const apiRoutes: readonly Operation[] = files.flatMap((file) => readOperations(file))
