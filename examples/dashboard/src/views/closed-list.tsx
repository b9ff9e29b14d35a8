// In place of the live rooms, for logins that may not see which are live: the ways to open a room all the same.
import { useId, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { NewestRooms, RoomByName } from '../documents.ts';
import { problemOf, type Problem } from '../gateway/problem.ts';
import { linkTo } from '../hooks.ts';
import { Reason } from '../parts/not-shown.tsx';

const LISTED = 20;

interface ClosedListProps {
  readonly title: string;
  readonly problem: Problem;
}

export function ClosedList({ title, problem }: ClosedListProps) {
  const [{ data, error }] = useQuery({ query: NewestRooms, variables: { first: LISTED } });
  const rooms = data?.rooms?.edges.map(({ node }) => node) ?? [];
  const refusal = error === undefined ? null : problemOf(error);
  return (
    <>
      <div className="empty" role="alert">
        <h2>{title}</h2>
        <p>
          <Reason problem={problem} />
        </p>
        <OpenRoomForm refusal={refusal} />
      </div>
      {rooms.length > 0 && (
        <section className="plain-list" aria-labelledby="newest">
          <h2 id="newest">The newest rooms, live or not</h2>
          <ul>
            {rooms.map(({ hmsId, name, description }) => (
              <li key={hmsId}>
                <a href={linkTo(hmsId)}>{name}</a>
                <span>{description}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The vendor's id of a room. */
const ROOM_ID = /^[\da-f]{24}$/i;

/** Opens a room by its id, or by its name. `refusal`: why this login may not list rooms, and so finds none by its name. */
function OpenRoomForm({ refusal }: { readonly refusal: Problem | null }) {
  const client = useClient();
  const hint = useId();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Problem | null>(null);
  const typed = text.trim();
  const open = async () => {
    setFailure(null);
    if (ROOM_ID.test(typed)) {
      location.hash = linkTo(typed);
      return;
    }
    const { data, error } = await client.query(RoomByName, { name: typed }).toPromise();
    const roomId = data?.rooms?.edges[0]?.node.hmsId;
    if (roomId !== undefined) location.hash = linkTo(roomId);
    else setFailure(error === undefined ? noRoom(typed) : problemOf(error));
  };
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <label htmlFor="room">{refusal === null ? 'Room id or name' : 'Room id'}</label>
      <div className="row">
        <input
          id="room"
          value={text}
          onChange={({ target }) => setText(target.value)}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={hint}
          required
        />
        <button type="submit">Open</button>
      </div>
      <p id={hint} className="faint">
        An id has 24 hexadecimal digits.{' '}
        {refusal !== null && (
          <>
            Rooms cannot be found by their names. <Reason problem={refusal} />
          </>
        )}
      </p>
      {failure !== null && (
        <p className="alarm" role="alert">
          <Reason problem={failure} />
        </p>
      )}
    </form>
  );
}

function noRoom(name: string): Problem {
  return { code: 'NOT_FOUND', message: `There is no room with the name or id “${name}”.`, scope: null };
}
