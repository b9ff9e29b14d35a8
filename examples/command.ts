// What the commands of all examples share: arguments, the choice of a room, one line for an error, the exit code.
import { connect, type GatewayClient } from './client.ts';
import { graphql } from './generated/gql.ts';

const LatestSession = graphql(/* GraphQL */ `
  query LatestSession($active: Boolean) {
    sessions(first: 1, filter: { active: $active }) {
      edges {
        node {
          hmsId
          active
          room {
            hmsId
            name
          }
        }
      }
    }
  }
`);

/** One example as a command. */
export interface Command {
  /** The arguments after the name, as `--help` shows them: `[ROOM_ID]`. */
  readonly usage: string;
  /** What is used for each argument that is left out, by its name in `usage`. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Runs the example. If it throws, its error is printed as one line and the exit code is 1. */
  readonly run: (gateway: GatewayClient, args: readonly string[]) => Promise<void>;
}

/** Runs a command with the arguments of the process, then closes the client. Exit code 0, or 1 after an error. */
export async function runCommand(name: string, { usage, defaults = {}, run }: Command): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(`Usage: npm run example ${name} -- ${usage}`);
    for (const [argument, value] of Object.entries(defaults)) console.log(`  ${argument}: default ${value}`);
    return;
  }
  // The reader may have all that it wants, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  const gateway = connect();
  try {
    await run(gateway, args);
  } catch (error) {
    console.error(oneLine(error) + hintFor(error));
    process.exitCode = 1;
  } finally {
    await gateway.close();
  }
}

/** The message of an error, in one line and without its stack. */
export function oneLine(error: unknown): string {
  // `fetch` puts the reason of a failure in the cause only.
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return textOf(reason).replaceAll(/\s*\n\s*/g, '; ');
}

/** The event of a WebSocket has a message, or a reason where the gateway has closed it. */
function textOf(reason: unknown): string {
  if (reason instanceof Error) return reason.message || reason.name;
  if (reason instanceof Event && 'message' in reason)
    return String(reason.message) || 'The connection failed.';
  return reason instanceof CloseEvent ? reason.reason : String(reason);
}

/** What to do, if the gateway was not reached or wants a key. */
function hintFor(error: unknown): string {
  const isUnreached = error instanceof TypeError || (error instanceof Event && error.type === 'error');
  if (isUnreached) return ' (no gateway was reached: start one with `npm start`, or set GATEWAY_URL)';
  return /Authorization: Bearer/.test(oneLine(error)) ? ' (set GATEWAY_TOKEN)' : '';
}

/** A session of the workspace, and its room. */
export interface LatestSession {
  readonly sessionId: string;
  readonly roomId: string;
  /** The name of the room, for print. */
  readonly roomName: string;
}

/**
 * The running session that started last. With `orEnded`, if no session runs, the session that ended last.
 * @throws Error if there is no such session
 */
export async function latestSession(gateway: GatewayClient, orEnded = false): Promise<LatestSession> {
  for (const active of orEnded ? [true, false] : [true]) {
    const { sessions } = await gateway.request(LatestSession, { active });
    const node = sessions?.edges[0]?.node;
    if (node?.room == null) continue;
    return { sessionId: node.hmsId, roomId: node.room.hmsId, roomName: node.room.name };
  }
  throw new Error(
    orEnded ? 'This workspace has no session.' : 'No room is live now. Give the id of one as ROOM_ID.',
  );
}

/** The default of the argument of `roomIdOf`, for `--help`. */
export const DEFAULT_ROOM = 'the live room whose session started last';

/** The room that an argument names; without the argument a live room, whose name is printed to stderr. */
export async function roomIdOf(gateway: GatewayClient, argument: string | undefined): Promise<string> {
  if (argument !== undefined) return argument;
  const { roomId, roomName } = await latestSession(gateway);
  console.error(`Room: ${roomName} (${roomId})`);
  return roomId;
}
