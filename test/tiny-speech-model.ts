import { createHash } from 'node:crypto'
import { encodeOnnx } from '#harness/encode-onnx.ts'
import type { SpeechManifest } from '#lib/models/model-manifest.ts'

const BANDS = 80
const tokens = ['▁grace', '▁peace.']
/** Means of a frame's bands, on the logarithmic scale of the engine, above which the model hears each token. */
const thresholds = [-12, -8] as const

/**
 * Makes a speech model that is small enough to understand: it hears "grace" in a frame of soft speech, "peace." in one
 * of loud speech, and nothing in a quiet frame. Returns its entry in the list of models, and the files of a model hub
 * by path.
 */
export function makeTinySpeechModel(): { model: SpeechManifest; files: Record<string, Buffer> } {
  const [soft, loud] = thresholds
  const graph = encodeOnnx({
    nodes: [
      { operation: 'MatMul', inputs: ['average', 'audio_signal'], outputs: ['level'] },
      { operation: 'MatMul', inputs: ['slopes', 'level'], outputs: ['rising'] },
      { operation: 'Add', inputs: ['rising', 'offsets'], outputs: ['scores'] },
      {
        operation: 'Transpose',
        inputs: ['scores'],
        outputs: ['logprobs'],
        attributes: { perm: [0, 2, 1] },
      },
    ],
    weights: [
      { name: 'average', shape: [1, BANDS], values: new Float32Array(BANDS).fill(1 / BANDS) },
      // The score of silence is 0; that of a token grows from 0 at its threshold, twice as fast for the louder one.
      { name: 'slopes', shape: [3, 1], values: new Float32Array([1, 2, 0]) },
      { name: 'offsets', shape: [3, 1], values: new Float32Array([-soft, -soft - loud, 0]) },
    ],
    inputs: [
      { name: 'audio_signal', type: 'float', shape: ['batch', BANDS, 'frames'] },
      { name: 'length', type: 'int64', shape: ['batch'] },
    ],
    outputs: [{ name: 'logprobs', type: 'float', shape: ['batch', 'frames', tokens.length + 1] }],
    metadata: { vocab_size: String(tokens.length), subsampling_factor: '1', normalize_type: '' },
  })
  const list = Buffer.from([...tokens, '<blk>'].map((token, index) => `${token} ${index}\n`).join(''))
  const entry = (path: string, content: Buffer) => ({
    path,
    sizeBytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  })
  return {
    model: {
      kind: 'speech',
      id: 'tiny-speech',
      label: 'Tiny',
      licence: 'CC0-1.0',
      repository: 'selah/tiny-speech',
      revision: 'abcdef0',
      languages: ['en', 'tl'],
      isDraft: true,
      network: { family: 'nemo-ctc', graph: 'model.onnx', tokens: 'tokens.txt' },
      files: [entry('model.onnx', graph), entry('tokens.txt', list)],
    },
    files: {
      '/selah/tiny-speech/resolve/abcdef0/model.onnx': graph,
      '/selah/tiny-speech/resolve/abcdef0/tokens.txt': list,
    },
  }
}
