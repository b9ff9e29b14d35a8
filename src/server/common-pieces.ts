// The pieces of a request's line that many lines have in common: all before the request's id, for the lines of one millisecond, and
// the members from `transport` to `aborted`, for requests of one operation and caller that end alike. They are made once and kept.
// To make them for each line took half of its time: the time of a line is that of making and joining its pieces, and grows with
// their number.

/** The members of a line that these pieces have; those that are undefined are left out. */
export interface CommonMembers {
  readonly transport: 'http' | 'sse' | 'websocket';
  readonly type: string | undefined;
  readonly operation: string | undefined;
  readonly caller: string | undefined;
  readonly traceId: string | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly aborted: true | undefined;
}

/** The beginning of a line, up to the value of `requestId`. That of the last line is kept. */
export class LineBeginning {
  #ofLevel = '';
  #time = '';
  #own = '';
  #text = '';

  /** Of the parts that pino has: the level, the time as a member, and the logger's own members. */
  of(ofLevel: string, time: string, own: string): string {
    if (time === this.#time && ofLevel === this.#ofLevel && own === this.#own && this.#text !== '')
      return this.#text;
    this.#ofLevel = ofLevel;
    this.#time = time;
    this.#own = own;
    this.#text = `${ofLevel}${time}${own},"requestId":"`;
    return this.#text;
  }
}

/** How many texts of members are kept. */
const MAX_KEPT = 16;

/** The lines whose members are kept, with their texts. A new one replaces the oldest. */
const kept: { readonly line: CommonMembers; readonly text: string }[] = [];
let oldest = 0;

/** The end of `requestId`, and the members from `transport` to `aborted`. */
export function membersInCommon(line: CommonMembers): string {
  // No other line has this id.
  if (line.traceId !== undefined) return membersOf(line);
  for (const each of kept) if (areAlike(each.line, line)) return each.text;
  const text = membersOf(line);
  kept[oldest] = { line, text };
  oldest = (oldest + 1) % MAX_KEPT;
  return text;
}

function areAlike(a: CommonMembers, b: CommonMembers): boolean {
  return (
    a.operation === b.operation &&
    a.caller === b.caller &&
    a.status === b.status &&
    a.code === b.code &&
    a.path === b.path &&
    a.method === b.method &&
    a.type === b.type &&
    a.transport === b.transport &&
    a.aborted === b.aborted
  );
}

function membersOf(line: CommonMembers): string {
  return (
    `","transport":"${line.transport}"` +
    textMember('type', line.type) +
    textMember('operation', line.operation) +
    textMember('caller', line.caller) +
    textMember('traceId', line.traceId) +
    textMember('method', line.method) +
    textMember('path', line.path) +
    (line.status === undefined ? '' : `,"status":${line.status}`) +
    textMember('code', line.code) +
    (line.aborted === undefined ? '' : ',"aborted":true')
  );
}

/** Characters that JSON may have to escape. */
const ESCAPED = /[^ !#-[\]-~]/;

function textMember(key: keyof CommonMembers, value: string | undefined): string {
  if (value === undefined) return '';
  return ESCAPED.test(value) ? `,"${key}":${JSON.stringify(value)}` : `,"${key}":"${value}"`;
}
