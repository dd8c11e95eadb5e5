import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { Env } from '#lib/env.ts'
import { observePages } from '#lib/telemetry/observe-pages.ts'
import { storeSpans } from '#lib/telemetry/store-spans.ts'
import { TelemetryStore } from '#lib/telemetry/telemetry-store.ts'

/** Starts tracing in the web process. Its spans are stored like those of runs, and count the rendered pages. */
export function startWebTelemetry(env: Pick<Env, 'DATABASE_URL' | 'OTEL_EXPORTER_OTLP_ENDPOINT'>): void {
  const otlp = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '')
  new NodeTracerProvider({
    spanProcessors: [
      observePages(),
      storeSpans(new TelemetryStore(() => env.DATABASE_URL), { ofVisitors: true }),
      ...(otlp ? [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${otlp}/v1/traces` }))] : []),
    ],
  }).register()
}
