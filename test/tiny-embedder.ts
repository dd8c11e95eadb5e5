import { createHash } from 'node:crypto'
import { encodeOnnx } from '#harness/encode-onnx.ts'
import type { EmbedderManifest } from '#lib/models/model-manifest.ts'

const DIMENSIONS = 384
const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]']
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
  const contents = { 'onnx/model.onnx': graph, 'tokenizer.json': tokenizer }
  const [repository, revision] = ['selah/tiny-embedder', '0123456789abcdef']
  return {
    model: {
      kind: 'sentence-embedder',
      id: 'tiny-embedder',
      licence: 'CC0-1.0',
      repository,
      revision,
      files: Object.entries(contents).map(([path, content]) => ({
        path,
        sizeBytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      })),
      embedder: {
        graph: 'onnx/model.onnx',
        tokenizer: 'tokenizer.json',
        pooling: 'mean',
        queryPrefix: '',
        passagePrefix: '',
        maxTokens: 64,
      },
    },
    files: Object.fromEntries(
      Object.entries(contents).map(([path, content]) => [
        `/${repository}/resolve/${revision}/${path}`,
        content,
      ]),
    ),
  }
}

/** Returns the content of a tokenizer file like those of BERT models, with whole words only. */
function wordPieces(words: readonly string[]) {
  const vocabulary = [...special, ...words]
  const idOf = (token: string) => vocabulary.indexOf(token)
  const mark = (token: string) => ({ SpecialToken: { id: token, type_id: 0 } })
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
      pair: [],
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
