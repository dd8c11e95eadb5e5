/** A tensor that is part of a model: `values` are floats, or signed bytes for quantised weights. */
export type OnnxWeights = { name: string; shape: readonly number[]; values: Float32Array | Int8Array }

export type OnnxNode = {
  operation: string
  inputs: readonly string[]
  outputs: readonly string[]
  /** Integers and lists of them, which is enough for the operations in tests. */
  attributes?: Record<string, number | readonly number[]>
}

/** An input or output of a model. A dimension is a size, or a name if the size varies. */
export type OnnxValue = { name: string; type: 'float' | 'int64'; shape: readonly (number | string)[] }

export type OnnxGraph = {
  nodes: readonly OnnxNode[]
  weights: readonly OnnxWeights[]
  inputs: readonly OnnxValue[]
  outputs: readonly OnnxValue[]
  /** Texts that a program finds beside the graph. */
  metadata?: Record<string, string>
}

// Numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const IR_VERSION = 8
const OPSET = 13
const types = { float: 1, int8: 3, int64: 7 } as const
const ATTRIBUTE_INT = 2
const ATTRIBUTE_INTS = 7

/** Returns a model as the bytes of an ONNX file (protobuf), for small models in tests. */
export function encodeOnnx({ nodes, weights, inputs, outputs, metadata = {} }: OnnxGraph): Buffer {
  const graph = Buffer.concat([
    ...nodes.map((node) => bytes(1, encodeNode(node))),
    bytes(2, Buffer.from('graph')),
    ...weights.map((tensor) => bytes(5, encodeWeights(tensor))),
    ...inputs.map((value) => bytes(11, encodeValue(value))),
    ...outputs.map((value) => bytes(12, encodeValue(value))),
  ])
  return Buffer.concat([
    number(1, IR_VERSION),
    bytes(7, graph),
    bytes(8, number(2, OPSET)),
    ...Object.entries(metadata).map(([key, value]) =>
      bytes(14, Buffer.concat([text(1, key), text(2, value)])),
    ),
  ])
}

function encodeNode({ operation, inputs, outputs, attributes = {} }: OnnxNode): Buffer {
  return Buffer.concat([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operation),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, encodeAttribute(name, value))),
  ])
}

function encodeAttribute(name: string, value: number | readonly number[]): Buffer {
  const content =
    typeof value === 'number'
      ? [number(3, value), number(20, ATTRIBUTE_INT)]
      : [...value.map((one) => number(8, one)), number(20, ATTRIBUTE_INTS)]
  return Buffer.concat([text(1, name), ...content])
}

function encodeWeights({ name, shape, values }: OnnxWeights): Buffer {
  const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return Buffer.concat([
    ...shape.map((size) => number(1, size)),
    number(2, values instanceof Float32Array ? types.float : types.int8),
    text(8, name),
    bytes(9, raw),
  ])
}

function encodeValue({ name, type, shape }: OnnxValue): Buffer {
  const dimensions = shape.map((size) => bytes(1, typeof size === 'number' ? number(1, size) : text(2, size)))
  const tensor = Buffer.concat([number(1, types[type]), bytes(2, Buffer.concat(dimensions))])
  return Buffer.concat([text(1, name), bytes(2, bytes(1, tensor))])
}

const VARIABLE = 0
const LENGTH_DELIMITED = 2

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value))
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([variable(field * 8 + LENGTH_DELIMITED), variable(value.length), value])
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([variable(field * 8 + VARIABLE), variable(value)])
}

/** Returns a protobuf varint: groups of seven bits, the lowest first. */
function variable(value: number): Buffer {
  const groups: number[] = []
  let rest = value
  while (rest >= 128) {
    groups.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...groups, rest])
}
