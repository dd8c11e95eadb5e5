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
  z.object({
    kind: z.literal('speech'),
    ...common,
    /** How people call it. */
    label: z.string().min(1).max(80),
    /** The languages that it knows, as primary subtags of BCP 47. */
    languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
    /** True for a model whose transcripts have so many wrong words that they are labelled as drafts. */
    isDraft: z.boolean(),
    /** The kind of network, and the paths of its files. */
    network: z.discriminatedUnion('family', [
      z.object({
        family: z.literal('whisper'),
        encoder: z.string(),
        decoder: z.string(),
        tokens: z.string(),
      }),
      z.object({
        family: z.literal('nemo-transducer'),
        encoder: z.string(),
        decoder: z.string(),
        joiner: z.string(),
        tokens: z.string(),
      }),
      z.object({ family: z.literal('nemo-ctc'), graph: z.string(), tokens: z.string() }),
    ]),
  }),
])

export type ModelManifest = z.infer<typeof modelManifest>
export type ModelFile = z.infer<typeof modelFile>
export type EmbedderManifest = Extract<ModelManifest, { kind: 'sentence-embedder' }>
export type RerankerManifest = Extract<ModelManifest, { kind: 'reranker' }>
export type SpeechManifest = Extract<ModelManifest, { kind: 'speech' }>

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

/** The speech models of which an owner may choose one, the smallest first; pinned like the others. */
export const pinnedSpeechModels: readonly SpeechManifest[] = [
  {
    kind: 'speech',
    id: 'whisper-base-int8',
    label: 'Whisper base',
    licence: 'MIT',
    repository: 'csukuangfj/sherpa-onnx-whisper-base',
    revision: 'bb53ee204431c90d314c1cc08d28d23e5b7927cc',
    languages: (
      'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt ' +
      'la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ' +
      'ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su'
    ).split(' '),
    isDraft: true,
    files: [
      {
        path: 'base-encoder.int8.onnx',
        sizeBytes: 29_120_534,
        sha256: '0b8fb1304b6109976038efff5ace81720e00386f3ff6b54ee8c75291ca0a1e11',
      },
      {
        path: 'base-decoder.int8.onnx',
        sizeBytes: 130_672_026,
        sha256: '9759d217388a01b3a4c7c15533201067b48ae819c4daafc8624e64b9409dc02d',
      },
      {
        path: 'base-tokens.txt',
        sizeBytes: 816_730,
        sha256: 'b34b360dbb493e781e479794586d661700670d65564001f23024971d1f2fa126',
      },
    ],
    network: {
      family: 'whisper',
      encoder: 'base-encoder.int8.onnx',
      decoder: 'base-decoder.int8.onnx',
      tokens: 'base-tokens.txt',
    },
  },
  {
    kind: 'speech',
    id: 'parakeet-tdt-0.6b-v3-int8',
    label: 'Parakeet 0.6B v3',
    licence: 'CC-BY-4.0',
    repository: 'csukuangfj/sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8',
    revision: '2bda32ec70b097a55adaa07d9a7173915b43cc78',
    languages: 'en de es fr it pt nl pl uk ru cs sk sl hr bg ro hu el da sv fi et lv lt mt'.split(' '),
    isDraft: false,
    files: [
      {
        path: 'encoder.int8.onnx',
        sizeBytes: 652_184_281,
        sha256: 'acfc2b4456377e15d04f0243af540b7fe7c992f8d898d751cf134c3a55fd2247',
      },
      {
        path: 'decoder.int8.onnx',
        sizeBytes: 11_845_275,
        sha256: '179e50c43d1a9de79c8a24149a2f9bac6eb5981823f2a2ed88d655b24248db4e',
      },
      {
        path: 'joiner.int8.onnx',
        sizeBytes: 6_355_277,
        sha256: '3164c13fc2821009440d20fcb5fdc78bff28b4db2f8d0f0b329101719c0948b3',
      },
      {
        path: 'tokens.txt',
        sizeBytes: 93_939,
        sha256: 'd58544679ea4bc6ac563d1f545eb7d474bd6cfa467f0a6e2c1dc1c7d37e3c35d',
      },
    ],
    network: {
      family: 'nemo-transducer',
      encoder: 'encoder.int8.onnx',
      decoder: 'decoder.int8.onnx',
      joiner: 'joiner.int8.onnx',
      tokens: 'tokens.txt',
    },
  },
]
