// The pieces of a request's line that many lines have in common: all before the request's id, for the lines of one millisecond, and
// the members from `transport` to `aborted`, for requests of one operation and caller that end alike. They are made once, as bytes
// without secrets, and kept. To make them for each line took half of its time.

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

/** Removes secrets from the text of a piece. */
export type Redact = (text: string) => string;

/** The beginning of the lines of one level, up to the value of `requestId`. That of the last line is kept. */
export class LineBeginning {
  readonly #ofLevel: string;
  readonly #redact: Redact;
  #time = '';
  #own = '';
  #piece = Buffer.from('');

  /** `ofLevel`: the beginning that pino has for the level. */
  constructor(ofLevel: string, redact: Redact) {
    this.#ofLevel = ofLevel;
    this.#redact = redact;
  }

  /** The piece with the time and the logger's own members, each after a comma. */
  of(time: string, own: string): Uint8Array {
    if (time !== this.#time || own !== this.#own) {
      this.#time = time;
      this.#own = own;
      this.#piece = Buffer.from(this.#redact(`${this.#ofLevel}${time}${own},"requestId":"`));
    }
    return this.#piece;
  }
}

/** How many pieces with members are kept. */
const MAX_KEPT = 16;

/** The end of `requestId`, and the members from `transport` to `aborted`. */
export class MembersInCommon {
  readonly #redact: Redact;
  /** The lines whose members are kept, with their pieces. A new one replaces the oldest. */
  readonly #kept: { readonly line: CommonMembers; readonly piece: Uint8Array }[] = [];
  #oldest = 0;

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  of(line: CommonMembers): Uint8Array {
    for (const each of this.#kept) if (areAlike(each.line, line)) return each.piece;
    const piece = Buffer.from(this.#redact(membersOf(line)));
    // No other line has this id.
    if (line.traceId === undefined) {
      this.#kept[this.#oldest] = { line, piece };
      this.#oldest = (this.#oldest + 1) % MAX_KEPT;
    }
    return piece;
  }
}

function areAlike(a: CommonMembers, b: CommonMembers): boolean {
  return (
    a.operation === b.operation &&
    a.traceId === b.traceId &&
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
