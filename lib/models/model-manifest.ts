import { z } from 'zod'

/** One file of a model. `path` is below the revision of the model, in the hub and on the disk. */
const modelFile = z.object({
  path: z.string().regex(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*$/),
  sizeBytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const common = {
  /** Names the model in folders, in vectors and on the status pages. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,60}$/),
  licence: z.string().min(1),
  /** Owner and name of the repository that publishes it. */
  repository: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/),
  /** The commit of the repository: what was measured is what is downloaded. */
  revision: z.string().regex(/^[A-Za-z0-9]{7,64}$/),
  files: z.array(modelFile).min(1),
}

/** A model that Selah can download: where its files are, and what each of them must be. */
export const modelManifest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sentence-embedder'),
    ...common,
    embedder: z.object({
      /** Paths of two of the files. */
      graph: z.string(),
      tokenizer: z.string(),
      /** How the vectors of the words become the vector of the text. */
      pooling: z.enum(['mean', 'first']),
      /** What the model expects before a query and before a passage. */
      queryPrefix: z.string(),
      passagePrefix: z.string(),
      /** Longer texts are cut. */
      maxTokens: z.int().min(8).max(8192),
    }),
  }),
  z.object({
    kind: z.literal('reranker'),
    ...common,
    /** A cross-encoder: it reads a query and a passage together and gives one number. */
    reranker: z.object({
      /** Paths of two of the files. */
      graph: z.string(),
      tokenizer: z.string(),
      /** Longer pairs are cut. */
      maxTokens: z.int().min(16).max(8192),
    }),
  }),
  z.object({ kind: z.literal('speech'), ...common }),
])

export type ModelManifest = z.infer<typeof modelManifest>
export type ModelFile = z.infer<typeof modelFile>
export type EmbedderManifest = Extract<ModelManifest, { kind: 'sentence-embedder' }>
export type RerankerManifest = Extract<ModelManifest, { kind: 'reranker' }>

/**
 * What is downloaded unless the operator names other models; the reranker only with `SELAH_MODELS=all`. Sizes and digests are those that several
 * independent projects have pinned for this commit.
 */
export const pinnedModels: readonly ModelManifest[] = [
  {
    kind: 'sentence-embedder',
    id: 'all-minilm-l6-v2-int8',
    licence: 'Apache-2.0',
    repository: 'Xenova/all-MiniLM-L6-v2',
    revision: '751bff37182d3f1213fa05d7196b954e230abad9',
    files: [
      {
        path: 'onnx/model_quantized.onnx',
        sizeBytes: 22_972_370,
        sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
      },
      {
        path: 'tokenizer.json',
        sizeBytes: 711_661,
        sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
      },
    ],
    embedder: {
      graph: 'onnx/model_quantized.onnx',
      tokenizer: 'tokenizer.json',
      pooling: 'mean',
      queryPrefix: '',
      passagePrefix: '',
      maxTokens: 256,
    },
  },
  {
    kind: 'reranker',
    id: 'ms-marco-minilm-l6-v2-int8',
    licence: 'Apache-2.0',
    repository: 'Xenova/ms-marco-MiniLM-L-6-v2',
    revision: 'a09144355adeed5f58c8ed011d209bf8ee5a1fec',
    files: [
      {
        path: 'onnx/model_quantized.onnx',
        sizeBytes: 23_143_499,
        sha256: 'e9d8ebf845c413e981c175bfe49a3bfa9b3dcce2a3ba54875ee5df5a58639fbe',
      },
      {
        path: 'tokenizer.json',
        sizeBytes: 711_396,
        sha256: 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66',
      },
    ],
    reranker: { graph: 'onnx/model_quantized.onnx', tokenizer: 'tokenizer.json', maxTokens: 256 },
  },
]
