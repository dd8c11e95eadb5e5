import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { storeLogs } from '#lib/telemetry/store-logs.ts'
import { storeSpans } from '#lib/telemetry/store-spans.ts'
import { TelemetryStore } from '#lib/telemetry/telemetry-store.ts'

/**
 * Where the spans and logs of every run go: into our database, because a hosted engine forgets them, and
 * to any OTLP collector that is named. Opens nothing until there is something to write.
 */
export function taskTelemetry(settings: {
  databaseUrl: string | undefined
  otlpEndpoint: string | undefined
}) {
  const store = new TelemetryStore(() => settings.databaseUrl)
  const otlp = settings.otlpEndpoint?.replace(/\/+$/, '')
  return {
    spanProcessors: [storeSpans(store)],
    logExporters: [storeLogs(store), ...(otlp ? [new OTLPLogExporter({ url: `${otlp}/v1/logs` })] : [])],
    exporters: otlp ? [new OTLPTraceExporter({ url: `${otlp}/v1/traces` })] : [],
  }
}
