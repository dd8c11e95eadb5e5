import {
  AV_BUFFERSRC_FLAG_PUSH,
  AV_OPT_TYPE_DOUBLE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVERROR_FILTER_NOT_FOUND,
} from 'node-av/constants'
import {
  FFmpegError,
  Filter,
  type FilterContext,
  FilterInOut,
  type Frame,
  FilterGraph as NativeGraph,
} from 'node-av/lib'

/** What the frames of one graph have in common. */
type Shape = { format: number; sampleRate: number; channels: number }

export type FilterGraph = ReturnType<typeof createFilterGraph>

type Graph = { shape: Shape; graph: NativeGraph; source: FilterContext; sinks: FilterContext[] }

/**
 * Filters with one input and `outputCount` outputs, which the description labels `[0]`, `[1]` and so on. They are
 * created for the first frame, and again for a frame of another format, rate or number of channels. Every frame is
 * read into one that the caller keeps: an object for each frame costs as much as a filter.
 */
export function createFilterGraph(description: string, outputCount: number) {
  let current: Graph | null = null
  return {
    /** Filters the sound of `frame`, which is empty after this. Its time counts samples. */
    push(frame: Frame): void {
      if (current && !hasShape(frame, current.shape)) {
        current.graph.free()
        current = null
      }
      current ??= openGraph(description, outputCount, frame)
      const code = current.source.buffersrcAddFrameSync(frame, AV_BUFFERSRC_FLAG_PUSH)
      FFmpegError.throwIfError(code, 'the filters refuse a frame')
    },
    finish(): void {
      if (current)
        FFmpegError.throwIfError(current.source.buffersrcAddFrameSync(null), 'the filters do not end')
    },
    /** Reads the next frame of an output into `frame`; false if there is none now. */
    pull(output: number, frame: Frame): boolean {
      const sink = current?.sinks[output]
      if (!sink) return false
      const code = sink.buffersinkGetFrameSync(frame)
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return false
      FFmpegError.throwIfError(code, 'the filters fail')
      return true
    },
    command(filter: string, name: string, value: string): void {
      current?.graph.sendCommand(filter, name, value)
    },
    /** A value that a filter has found, by the name of the filter's option. */
    read(filter: string, option: string): number | null {
      return current?.graph.getFilter(filter)?.getOption(option, AV_OPT_TYPE_DOUBLE) ?? null
    },
    close(): void {
      current?.graph.free()
      current = null
    },
  }
}

function hasShape(frame: Frame, { format, sampleRate, channels }: Shape): boolean {
  return frame.sampleRate === sampleRate && frame.channels === channels && frame.format === format
}

function openGraph(description: string, outputCount: number, frame: Frame): Graph {
  const graph = new NativeGraph()
  graph.alloc()
  graph.nbThreads = 1
  const { sampleRate, channels, channelLayout } = frame
  const layout = channelLayout.mask === 0n ? `${channels}c` : channelLayout.mask.toString()
  const source = createFilter(
    graph,
    'abuffer',
    'in',
    `time_base=1/${sampleRate}:sample_rate=${sampleRate}:sample_fmt=${frame.format}:channel_layout=${layout}`,
  )
  const sinks = Array.from({ length: outputCount }, (_, output) =>
    createFilter(graph, 'abuffersink', `out${output}`, null),
  )
  connect(graph, description, source, sinks)
  FFmpegError.throwIfError(graph.configSync(), `the filters do not fit together: ${description}`)
  return { shape: { format: frame.format, sampleRate, channels }, graph, source, sinks }
}

function createFilter(graph: NativeGraph, kind: string, name: string, options: string | null): FilterContext {
  const filter = Filter.getByName(kind)
  const created = filter && graph.createFilter(filter, name, options)
  if (!created) throw new FFmpegError(AVERROR_FILTER_NOT_FOUND)
  return created
}

function connect(
  graph: NativeGraph,
  description: string,
  source: FilterContext,
  sinks: FilterContext[],
): void {
  const segment = graph.segmentParse(description)
  if (!segment) throw new Error(`not a description of filters: ${description}`)
  const inputs = new FilterInOut()
  const outputs = new FilterInOut()
  try {
    FFmpegError.throwIfError(segment.createFilters(), description)
    FFmpegError.throwIfError(segment.applyOpts(), description)
    FFmpegError.throwIfError(segment.apply(inputs, outputs), description)
    if (inputs.filterCtx) {
      FFmpegError.throwIfError(source.link(0, inputs.filterCtx, inputs.padIdx), description)
    }
    for (let output: FilterInOut | null = outputs; output; output = output.next) {
      const sink = sinks[Number(output.name)]
      if (!sink || !output.filterCtx) throw new Error(`an output without a number: ${description}`)
      FFmpegError.throwIfError(output.filterCtx.link(output.padIdx, sink, 0), description)
    }
  } finally {
    inputs.free()
    outputs.free()
    segment.free()
  }
}
