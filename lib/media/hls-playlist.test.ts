import { describe, expect, it } from 'vitest'
import {
  measureBandwidth,
  orderRenditions,
  parseMediaPlaylist,
  playlistDurationMs,
  renderMasterPlaylist,
  renderMediaPlaylist,
} from './hls-playlist.ts'

const muxed = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="96k.mp4",BYTERANGE="762@0"
#EXTINF:6.000000,
#EXT-X-BYTERANGE:72000@762
96k.mp4
#EXTINF:6.000000,
#EXT-X-BYTERANGE:75000@72762
96k.mp4
#EXTINF:0.046000,
#EXT-X-BYTERANGE:9000@147762
96k.mp4
#EXT-X-ENDLIST
`

describe('parseMediaPlaylist', () => {
  it('reads map, ranges and durations', () => {
    const playlist = parseMediaPlaylist(muxed)
    expect(playlist.init).toEqual({ sizeBytes: 762, offset: 0 })
    expect(playlist.segments).toHaveLength(3)
    expect(playlist.segments[1]).toEqual({ sizeBytes: 75_000, offset: 72_762, durationSeconds: 6 })
    expect(playlistDurationMs(playlist)).toBe(12_046)
  })

  it.each([
    ['unfinished', muxed.replace('#EXT-X-ENDLIST\n', '')],
    ['without map', muxed.replace(/#EXT-X-MAP.*\n/, '')],
    ['without ranges', muxed.replace(/#EXT-X-BYTERANGE.*\n/g, '')],
    ['not a playlist', 'hello'],
    ['empty', ''],
  ])('refuses a playlist that is %s', (_name, text) => {
    expect(() => parseMediaPlaylist(text)).toThrowError(
      expect.objectContaining({ name: 'AppError', reason: 'media.playlist_unreadable' }),
    )
  })
})

describe('measureBandwidth', () => {
  it('measures the peak over segments longer than a second, and the average over all bytes', () => {
    expect(measureBandwidth(parseMediaPlaylist(muxed))).toEqual({
      bandwidthBps: 103_603,
      averageBandwidthBps: 103_603,
    })
    const steady = parseMediaPlaylist(muxed.replace('9000@', '90@'))
    expect(measureBandwidth(steady)).toEqual({ bandwidthBps: 100_000, averageBandwidthBps: 97_686 })
  })
})

describe('renderMediaPlaylist', () => {
  it('points the map and every segment at the given address and declares independent segments', () => {
    const url = '/storage/v1/object/sign/audio/a/96k.mp4?token=abc.def'
    const text = renderMediaPlaylist(parseMediaPlaylist(muxed), url)
    expect(text.split('\n').filter((line) => line === url)).toHaveLength(3)
    expect(text).toContain(`#EXT-X-MAP:URI="${url}",BYTERANGE="762@0"`)
    expect(text).toContain('#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n')
    expect(text.endsWith('#EXT-X-ENDLIST\n')).toBe(true)
  })

  it('survives being parsed again', () => {
    const playlist = parseMediaPlaylist(muxed)
    expect(parseMediaPlaylist(renderMediaPlaylist(playlist, 'https://cdn.example/a.mp4'))).toEqual(playlist)
  })

  it('does not let an address add lines to the playlist', () => {
    const text = renderMediaPlaylist(parseMediaPlaylist(muxed), 'a.mp4\n#EXT-X-KEY:METHOD=NONE"')
    expect(text).not.toContain('\n#EXT-X-KEY')
    expect(text).toContain('a.mp4%0A#EXT-X-KEY:METHOD=NONE%22')
  })
})

describe('renderMasterPlaylist', () => {
  it('lists the renditions in order with their rates and codec', () => {
    const text = renderMasterPlaylist(
      [
        { name: '96k', bandwidthBps: 99_000, averageBandwidthBps: 97_000 },
        { name: '48k', bandwidthBps: 50_000, averageBandwidthBps: 49_000 },
      ],
      (name) => `${name}.m3u8`,
    )
    expect(text).toBe(
      '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n' +
        '#EXT-X-STREAM-INF:BANDWIDTH=99000,AVERAGE-BANDWIDTH=97000,CODECS="mp4a.40.2"\n96k.m3u8\n' +
        '#EXT-X-STREAM-INF:BANDWIDTH=50000,AVERAGE-BANDWIDTH=49000,CODECS="mp4a.40.2"\n48k.m3u8\n',
    )
  })
})

describe('orderRenditions', () => {
  it('puts the default first and the rest from low to high', () => {
    const ladder = [128, 48, 96].map((kbps) => ({ name: `${kbps}k`, bitrateBps: kbps * 1000 }))
    expect(orderRenditions(ladder, '96k').map(({ name }) => name)).toEqual(['96k', '48k', '128k'])
  })
})
