// Prints the attendance of a session as a table or as CSV.
// Without an id it is the session that runs now, or the last one that ended.
//   npm run example attendance -- [SESSION_ID] [--csv]
import type { GatewayClient } from './client.ts';
import { latestSession, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';

const SessionAttendance = graphql(/* GraphQL */ `
  query SessionAttendance($sessionId: ID!) {
    session(id: $sessionId) {
      attendance {
        userId
        attendedSeconds
        joinedAt
        leftAt
        peers {
          name
        }
      }
    }
  }
`);

/** One user's attendance, formatted for print. */
export interface AttendanceRow {
  /** The app's id of the user, or `(no user id)`. */
  readonly user: string;
  readonly name: string;
  /** Minutes in the room, all stays together, with one decimal. */
  readonly minutes: string;
  /** RFC 3339. */
  readonly joined: string;
  /** RFC 3339, or `still there`. */
  readonly left: string;
}

/** The attendance of a session, the longest first. Throws if the session does not exist. */
export async function attendance(gateway: GatewayClient, sessionId: string): Promise<AttendanceRow[]> {
  const { session } = await gateway.request(SessionAttendance, { sessionId });
  if (session == null) throw new Error('This session does not exist.');
  return (session.attendance ?? [])
    .toSorted((a, b) => b.attendedSeconds - a.attendedSeconds)
    .map(({ userId, attendedSeconds, joinedAt, leftAt, peers }) => ({
      user: userId ?? '(no user id)',
      name: peers[0]?.name ?? '',
      minutes: (attendedSeconds / 60).toFixed(1),
      joined: joinedAt ?? '',
      left: leftAt ?? 'still there',
    }));
}

const columns = ['user', 'name', 'minutes', 'joined', 'left'] as const satisfies (keyof AttendanceRow)[];

/** Formats rows as CSV by RFC 4180: fields with commas, quotes or line breaks are quoted; lines end in CRLF. */
export function toCsv(rows: readonly AttendanceRow[]): string {
  const quoted = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const lines = [
    columns.join(','),
    ...rows.map((row) => columns.map((column) => quoted(row[column])).join(',')),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** The session that an argument names; without it the latest, whose room is printed to stderr. */
async function sessionIdOf(gateway: GatewayClient, argument: string | undefined): Promise<string> {
  if (argument !== undefined) return argument;
  const { sessionId, roomName } = await latestSession(gateway, true);
  console.error(`Session: ${sessionId} of ${roomName}`);
  return sessionId;
}

if (import.meta.main) {
  await runCommand('attendance', {
    usage: '[SESSION_ID] [--csv]',
    defaults: {
      SESSION_ID: 'the running session that started last, or if no session runs the one that ended last',
      '--csv': 'off, a table',
    },
    async run(gateway, args) {
      const rows = await attendance(
        gateway,
        await sessionIdOf(
          gateway,
          args.find((arg) => arg !== '--csv'),
        ),
      );
      if (args.includes('--csv')) process.stdout.write(toCsv(rows));
      else if (rows.length === 0) console.log('Nobody has joined this session.');
      else console.table(rows);
    },
  });
}
