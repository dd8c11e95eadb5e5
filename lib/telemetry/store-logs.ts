import { ExportResultCode, hrTimeToMilliseconds } from '@opentelemetry/core'
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { redactAttributes, redactText } from '#lib/telemetry/redact.ts'
import type { LogRow, TelemetryStore } from '#lib/telemetry/telemetry-store.ts'

const RUN_ID = '$metadata.ctx.run.id'

/** Passes log records to the store and always reports success, so that logging never fails the work. */
export function storeLogs(store: TelemetryStore): LogRecordExporter {
  return {
    export(records, done) {
      for (const record of records) store.addLog(toLogRow(record))
      done({ code: ExportResultCode.SUCCESS })
    },
    forceFlush: () => store.flush(),
    shutdown: () => store.close(),
  }
}

function toLogRow(record: ReadableLogRecord): LogRow {
  const runId = record.attributes[RUN_ID]
  const own = Object.entries(record.attributes).filter(([name]) => !name.startsWith('$'))
  return {
    run_id: typeof runId === 'string' ? runId : null,
    trace_id: record.spanContext?.traceId ?? null,
    span_id: record.spanContext?.spanId ?? null,
    level: (record.severityText ?? 'info').toLowerCase(),
    message: redactText(typeof record.body === 'string' ? record.body : JSON.stringify(record.body ?? '')),
    attributes: redactAttributes(Object.fromEntries(own)),
    at: new Date(hrTimeToMilliseconds(record.hrTime)).toISOString(),
  }
}
