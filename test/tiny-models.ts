import { createHash } from 'node:crypto'
import { encodeOnnx } from '#harness/encode-onnx.ts'
import type { EmbedderManifest, RerankerManifest } from '#lib/models/model-manifest.ts'

const DIMENSIONS = 384
const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]']
type Common = Pick<EmbedderManifest, 'id' | 'licence' | 'repository' | 'revision' | 'files'>
/** The number of the type in ONNX. */
const FLOAT = 1
/** Not zero, so that a text without a known word has a vector with a direction too. */
const UNKNOWN_VALUE = 0.01

/**
 * Makes a sentence embedder that is small enough to understand: words of one group have the same vector, and other
 * words are not near it. Returns its entry in the list of models, and the files of a model hub by path.
 */
export function makeTinyEmbedder(groups: readonly (readonly string[])[]): {
  model: EmbedderManifest
  files: Record<string, Buffer>
} {
  const words = groups.flatMap((own, group) => own.map((word) => ({ word, group })))
  const table = new Float32Array((special.length + words.length) * DIMENSIONS)
  table[special.indexOf('[UNK]') * DIMENSIONS + DIMENSIONS - 1] = UNKNOWN_VALUE
  for (const [at, { group }] of words.entries()) table[(special.length + at) * DIMENSIONS + group] = 1
  const sequence = ['batch', 'sequence']
  const graph = encodeOnnx({
    nodes: [{ operation: 'Gather', inputs: ['table', 'input_ids'], outputs: ['last_hidden_state'] }],
    weights: [{ name: 'table', shape: [special.length + words.length, DIMENSIONS], values: table }],
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
      name,
      type: 'int64' as const,
      shape: sequence,
    })),
    outputs: [{ name: 'last_hidden_state', type: 'float', shape: [...sequence, DIMENSIONS] }],
  })
  const tokenizer = Buffer.from(JSON.stringify(wordPieces(words.map(({ word }) => word))))
  return publish('tiny-embedder', { 'onnx/model.onnx': graph, 'tokenizer.json': tokenizer }, (common) => ({
    kind: 'sentence-embedder',
    ...common,
    embedder: {
      graph: 'onnx/model.onnx',
      tokenizer: 'tokenizer.json',
      pooling: 'mean',
      queryPrefix: '',
      passagePrefix: '',
      maxTokens: 64,
    },
  }))
}

/**
 * Makes a cross-encoder that is small enough to understand: a pair of texts scores the sum of the values of the words
 * in its second text. Returns the same as `makeTinyEmbedder`.
 */
export function makeTinyReranker(values: Readonly<Record<string, number>>): {
  model: RerankerManifest
  files: Record<string, Buffer>
} {
  const words = Object.keys(values)
  const table = Float32Array.from([...special.map(() => 0), ...Object.values(values)])
  const sequence = ['batch', 'sequence']
  const graph = encodeOnnx({
    nodes: [
      { operation: 'Gather', inputs: ['table', 'input_ids'], outputs: ['value'] },
      {
        operation: 'Cast',
        inputs: ['token_type_ids'],
        outputs: ['isSecond'],
        attributes: { to: FLOAT },
      },
      { operation: 'Mul', inputs: ['value', 'isSecond'], outputs: ['counted'] },
      { operation: 'ReduceSum', inputs: ['counted'], outputs: ['logits'] },
    ],
    weights: [{ name: 'table', shape: [table.length], values: table }],
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
      name,
      type: 'int64' as const,
      shape: sequence,
    })),
    outputs: [{ name: 'logits', type: 'float', shape: ['batch', 1] }],
  })
  const tokenizer = Buffer.from(JSON.stringify(wordPieces(words)))
  return publish('tiny-reranker', { 'onnx/model.onnx': graph, 'tokenizer.json': tokenizer }, (common) => ({
    kind: 'reranker',
    ...common,
    reranker: { graph: 'onnx/model.onnx', tokenizer: 'tokenizer.json', maxTokens: 64 },
  }))
}

/** The entry of a model in the list, and its files as a hub serves them. */
function publish<Manifest>(
  id: string,
  contents: Readonly<Record<string, Buffer>>,
  toManifest: (common: Common) => Manifest,
): { model: Manifest; files: Record<string, Buffer> } {
  const [repository, revision] = [`selah/${id}`, '0123456789abcdef']
  const entries = Object.entries(contents)
  return {
    model: toManifest({
      id,
      licence: 'CC0-1.0',
      repository,
      revision,
      files: entries.map(([path, content]) => ({
        path,
        sizeBytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      })),
    }),
    files: Object.fromEntries(
      entries.map(([path, content]) => [`/${repository}/resolve/${revision}/${path}`, content]),
    ),
  }
}

/** Returns the content of a tokenizer file like those of BERT models, with whole words only. */
function wordPieces(words: readonly string[]) {
  const vocabulary = [...special, ...words]
  const idOf = (token: string) => vocabulary.indexOf(token)
  const mark = (token: string, text = 0) => ({ SpecialToken: { id: token, type_id: text } })
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [mark('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, mark('[SEP]')],
      pair: [
        mark('[CLS]'),
        { Sequence: { id: 'A', type_id: 0 } },
        mark('[SEP]'),
        { Sequence: { id: 'B', type_id: 1 } },
        mark('[SEP]', 1),
      ],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((token) => [token, { id: token, ids: [idOf(token)], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  }
}
