/** Where the player finds a recording and its captions. */
export const recordingAddresses = (sermonId: string, recording: number) => ({
  hlsUrl: `/api/v1/sermons/${sermonId}/hls/master.m3u8?recording=${recording}`,
  captionsUrl: `/api/v1/sermons/${sermonId}/transcript.vtt?recording=${recording}`,
})
