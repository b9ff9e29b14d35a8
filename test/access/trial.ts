// Runs rows of the table as one caller and returns each deviation from the table.
import type { Answer } from '../support/gateway.ts';
import type { CallerKind } from './callers.ts';
import { nameOf, type AccessCast, type Row } from './row.ts';
import type { AccessStage } from './stage.ts';
import type { Transport } from './transports.ts';

/** Runs the rows one after another and returns one line for each deviation. */
export async function deviations(
  rows: readonly Row[],
  kind: CallerKind,
  stage: AccessStage,
  transport: Pick<Transport, 'ask'>,
): Promise<string[]> {
  const found: string[] = [];
  for (const row of rows) {
    const fault = await faultOf(row, kind, stage, transport);
    if (fault !== null) found.push(`${nameOf(row)}: ${fault}`);
  }
  return found;
}

async function faultOf(
  row: Row,
  kind: CallerKind,
  { tested, cast, peers, ...stage }: AccessStage,
  transport: Pick<Transport, 'ask'>,
): Promise<string | null> {
  const { ledger } = tested.sandbox;
  const self = peers.get(kind.self ?? '') ?? cast.peer;
  const credential = await kind.credential(row, { tested, cast, peers, ...stage });
  const document = row.document({ ...cast, self });
  ledger.clear();
  const answer = await transport.ask(credential, document);
  const expected = kind.expected(row);
  const outcome = outcomeOf(answer);
  if (outcome !== expected) return `${outcome}, not ${expected}: ${document}`;
  if (outcome === 'allowed') return kind.seesRoom === false ? leakOf(answer, row, cast) : null;
  const may: ReadonlySet<string | undefined> = new Set(kind.reads(row));
  const asked = ledger.entries
    .map(({ operationId }) => operationId)
    .filter((operation) => !may.has(operation));
  return asked.length === 0 ? leakOf(answer, row, cast) : `refused after ${asked.join(', ')}`;
}

/**
 * `allowed`, the code of a refusal, or a description of another result: another error, no data, or a mutation that did
 * nothing.
 */
function outcomeOf({ data, errors = [] }: Answer): string {
  const codes = new Set(errors.map(({ extensions }) => String(extensions['code'])));
  if (codes.size > 1) return `several errors: ${[...codes].join(', ')}`;
  const [code] = codes;
  if (code !== undefined)
    return code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' ? code : JSON.stringify(errors);
  const values = Object.values(data ?? {});
  if (values.length === 0 || values.includes(null)) return `no data: ${JSON.stringify(data)}`;
  const text = JSON.stringify(data);
  return /"__typename":"\w+Error"/.test(text) ? `nothing done: ${text}` : 'allowed';
}

/** What the data reveals of a room that the caller may not see; null if nothing. */
function leakOf({ data }: Answer, { field }: Row, { room, session, peer }: AccessCast): string | null {
  const text = JSON.stringify(data ?? null);
  const told = [room, session, peer].filter((id) => text.includes(id));
  return told.length === 0 ? null : `${field} tells ${told.join(', ')}`;
}
