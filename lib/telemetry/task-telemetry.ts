import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { storeLogs } from '#lib/telemetry/store-logs.ts'
import { storeSpans } from '#lib/telemetry/store-spans.ts'
import { TelemetryStore } from '#lib/telemetry/telemetry-store.ts'

/**
 * Sends the spans and logs of every run to our database, because a hosted engine deletes them, and to the
 * configured OTLP collector. Opens no connection until there is something to write.
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
