// The light build ships without types; it has the same surface, less subtitles and DRM.
declare module 'hls.js/light' {
  export * from 'hls.js'
  export { default } from 'hls.js'
}
