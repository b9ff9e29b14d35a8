// Prints the attendance of a session as a table or as CSV.
//   npm run example attendance -- SESSION_ID [--csv]
import { connect, type GatewayClient } from './client.ts';
import { graphql } from './generated/gql.ts';

const SessionAttendance = graphql(/* GraphQL */ `
  query SessionAttendance($sessionId: ID!) {
    session(id: $sessionId) {
      attendance {
        userId
        seconds
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
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(({ userId, seconds, joinedAt, leftAt, peers }) => ({
      user: userId ?? '(no user id)',
      name: peers[0]?.name ?? '',
      minutes: (seconds / 60).toFixed(1),
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

if (import.meta.main) {
  const [sessionId, format] = process.argv.slice(2);
  if (sessionId === undefined) {
    console.error('Usage: npm run example attendance -- SESSION_ID [--csv]');
    process.exit(1);
  }
  const gateway = connect();
  const rows = await attendance(gateway, sessionId);
  if (format === '--csv') process.stdout.write(toCsv(rows));
  else console.table(rows);
  await gateway.close();
}
