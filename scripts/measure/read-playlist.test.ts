import { expect, test } from 'vitest'
import { readMasterPlaylist, readMediaPlaylist } from './read-playlist.ts'

const master = 'https://grace.example/hls/master.m3u8'

test('a listener begins with the rendition that the master playlist lists first', () =>
  expect(
    readMasterPlaylist('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n96k.m3u8?recording=1\n48k.m3u8\n', master),
  ).toBe('https://grace.example/hls/96k.m3u8?recording=1'))

test('the parts of a media playlist have the addresses, ranges and lengths that players request', () => {
  const text = `#EXTM3U
#EXT-X-MAP:URI="96k.mp4",BYTERANGE="762@0"
#EXTINF:6.016,
#EXT-X-BYTERANGE:100@762
96k.mp4
#EXTINF:2.5,
#EXT-X-BYTERANGE:50@862
96k.mp4
#EXT-X-ENDLIST`
  const url = 'https://grace.example/hls/96k.mp4'
  expect(readMediaPlaylist(text, master)).toEqual({
    first: { url, range: 'bytes=0-761', durationMs: 0 },
    parts: [
      { url, range: 'bytes=762-861', durationMs: 6016 },
      { url, range: 'bytes=862-911', durationMs: 2500 },
    ],
  })
})
