// Opens tracing. The packages of OpenTelemetry are loaded only if it is on.
import { noTracing, type Tracing } from '../trace.ts';
import { readTraceSettings, type TraceLog } from './settings.ts';

/**
 * Tracing by the variables of an environment (see `readTraceSettings`). The exporter reads its own variables from that of
 * the process.
 */
export async function openTracing(
  environment: Readonly<Record<string, string | undefined>>,
  log: TraceLog,
): Promise<Tracing> {
  const settings = readTraceSettings(environment, (message) => log.warn(message));
  if (settings === null) return noTracing;
  const { recordTraces } = await import('./recording.ts');
  return recordTraces(settings, log);
}
