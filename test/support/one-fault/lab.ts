// A long-lived gateway over a sandbox whose time stands still. Between two operations nothing that the gateway keeps for
// some time is kept: its monotonic clock moves on, and its wall clock stays.
import { pino } from 'pino';
import type { Clock } from '../../../src/clock.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { anySize, startTestGateway, type Answer, type TestGateway } from '../gateway.ts';
import { ManualClock } from '../manual-clock.ts';
import { watchAnswer } from '../canary.ts';

/** Longer than anything is kept or held back: rooms and templates are answered for ten minutes while the upstream is out. */
const FORGOTTEN_MS = 700_000;
/** Real time within which an operation must be answered. */
const MOST_MS = 10_000;
/** Real time after which the gateway's clock goes on: an answer may wait for the end of the pause that a 429 asks for. */
const PATIENT_MS = 500;
/**
 * How far the clock is advanced: a call waits for 10 s at most. Less than the 30 s that an operation may take, as an answer may
 * also be late because the machine is busy.
 */
const LONGEST_WAIT_MS = 11_000;

/** The result of one operation. */
export interface Asked {
  readonly status: number;
  readonly text: string;
  readonly answer: Answer;
  /** REST calls by the sandbox's ledger, with the statuses that they were answered with. */
  readonly calls: readonly { readonly endpoint: string; readonly status: number | undefined }[];
  /** How many of these calls the gateway repeated by itself, as the upstream failed. */
  readonly repeated: number;
  /** What the log has of warnings and errors. */
  readonly log: string;
}

/** A gateway and its sandbox. */
export interface Lab<Subjects> extends AsyncDisposable {
  readonly tested: TestGateway;
  readonly subjects: Subjects;
  /** The gateway's. */
  readonly clock: ManualClock;
  /** Makes the gateway forget everything that it keeps for some time. */
  forget(): Promise<void>;
  /**
   * Sends an operation after everything kept was forgotten. Rejects if there is no answer within 10 s, or if the answer is not
   * JSON.
   */
  ask(document: string): Promise<Asked>;
}

/** Starts a lab; `furnish` adds the objects that the documents select. By default the sandbox's time stands still. */
export async function startLab<Subjects>(
  data: 'demo' | 'empty',
  furnish: (world: World) => Subjects,
  sandboxClock: Clock = new ManualClock(),
): Promise<Lab<Subjects>> {
  let log: string[] = [];
  let repeated = 0;
  const clock = new ManualClock(sandboxClock.now());
  const tested = await startTestGateway({
    clock,
    log: pino({ level: 'warn' }, { write: (line) => void log.push(line) }),
    sandbox: { data, clock: sandboxClock },
    client: {
      deadlineMs: 3_600_000_000,
      faultObserver: { onRetry: (_subject, outcome) => void (outcome === 'sent' && (repeated += 1)) },
    },
    // Points are counted, so that answers tell what they cost.
    limits: { ...anySize, pointsPerMinute: 1e12 },
  });
  const { sandbox, gateway } = tested;
  const subjects = furnish(sandbox.world);
  const forget = () => clock.advanceTimers(FORGOTTEN_MS);
  return {
    tested,
    subjects,
    clock,
    forget,
    async ask(document) {
      await forget();
      sandbox.ledger.clear();
      log = [];
      repeated = 0;
      const timeGoesOn = setTimeout(() => void clock.advanceTimers(LONGEST_WAIT_MS), PATIENT_MS);
      const response = await withinTime(
        gateway.graphql.fetch('http://gateway.test/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-gateway-upstream': '1' },
          body: JSON.stringify({ query: document }),
        }),
      );
      const text = await withinTime(response.text());
      clearTimeout(timeGoesOn);
      watchAnswer(text);
      const calls = sandbox.ledger.entries.map(({ operationId, path, status }) => ({
        endpoint: operationId ?? path,
        status,
      }));
      const answer = JSON.parse(text) as Answer;
      return { status: response.status, text, answer, calls, repeated, log: log.join('') };
    },
    [Symbol.asyncDispose]: () => tested[Symbol.asyncDispose](),
  };
}

async function withinTime<Result>(result: Promise<Result> | Result): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${MOST_MS} ms`)), MOST_MS);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
