// One room: its people, what happened, its recordings.
import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { RoomDetails, RoomName } from '../documents.ts';
import { blockingProblem, problemAt, problemOf } from '../gateway/problem.ts';
import { useShared, useStore } from '../hooks.ts';
import { hasHandUp } from '../live/people.ts';
import type { RoomState } from '../live/room-state.ts';
import { PeopleChart } from '../parts/chart.tsx';
import { Figures } from '../parts/figures.tsx';
import { Icon } from '../parts/icons.tsx';
import { NotShown, Reason } from '../parts/not-shown.tsx';
import { Ticking, timeOfDay } from '../parts/times.tsx';
import { PeopleList } from './people-list.tsx';
import { Recordings } from './recordings.tsx';
import { TimelineList } from './timeline-list.tsx';

const SPAN_MS = 60 * 60_000;

export function RoomPage({ roomId }: { readonly roomId: string }) {
  const { live } = useShared();
  const state = useStore(live.room(roomId));
  const [details] = useQuery({ query: RoomDetails, variables: { roomId } });
  // A participant may read the name, but no field of the details: then the whole operation is refused.
  const [nameAlone] = useQuery({
    query: RoomName,
    variables: { roomId },
    pause: details.error === undefined || details.data != null,
  });
  const room = details.data?.room;
  const name = room?.name ?? nameAlone.data?.room?.name ?? '';
  const nameless = problemAt(details.error, 'room');
  const unrecorded =
    details.error === undefined || room?.recordings != null
      ? null
      : (problemAt(details.error, 'room.recordings') ?? problemOf(details.error));
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const count = state.now.peers.length;
  useEffect(() => {
    document.title = `${name === '' ? 'A room' : name}${state.isKnown ? ` · ${count}` : ''} · hms-gateway`;
  }, [name, count, state.isKnown]);
  return (
    <>
      <a className="back-link" href="#/">
        <Icon name="back" />
        All live rooms
      </a>
      <div className="title">
        <div>
          <h1 ref={title} tabIndex={-1}>
            {name === '' ? 'Room' : name}
          </h1>
          <p className="summary">
            {nameless !== null && (
              <>
                {roomId} · Its name is not shown: <Reason problem={nameless} />
              </>
            )}
            {[room?.description, room?.template?.name].filter((text) => text != null).join(' · ')}
          </p>
        </div>
        {state.isKnown && <RoomFigures state={state} />}
      </div>
      <RoomBody roomId={roomId} state={state} roles={room?.template?.roles.map((role) => role.name) ?? []}>
        <Recordings
          recordings={room?.recordings?.edges.map(({ node }) => node) ?? null}
          problem={unrecorded}
        />
      </RoomBody>
    </>
  );
}

function RoomFigures({ state: { now, hidden } }: { readonly state: RoomState }) {
  const hands = now.peers.filter(hasHandUp).length;
  const startedAt = now.session?.startedAt ?? null;
  const figures = [
    { name: 'People', value: now.peers.length },
    { name: 'Hands up', value: hands, isUp: hands > 0 },
  ];
  const age = { name: 'Live for', value: startedAt === null ? 'not live' : <Ticking since={startedAt} /> };
  // Without its session it is not known whether, and since when, the room is live.
  const isAgeKnown = hidden === null || startedAt !== null;
  return <Figures figures={isAgeKnown ? [...figures, age] : figures} />;
}

interface BodyProps {
  readonly roomId: string;
  readonly state: RoomState;
  readonly roles: readonly string[];
  readonly children: React.ReactNode;
}

function RoomBody({ roomId, state, roles, children }: BodyProps) {
  const { isKnown, now, steps, isWhole, entries, hidden } = state;
  const problem = blockingProblem(state);
  if (problem !== null) {
    return (
      <div className="empty" role="alert">
        <h2>{problem.code === 'NOT_FOUND' ? 'There is no such room' : 'This room cannot be watched'}</h2>
        <p>{problem.message}</p>
      </div>
    );
  }
  if (!isKnown) return <div className="panel skeleton tall" aria-busy="true" />;
  const asOf = now.stale && now.asOf !== null ? Date.parse(now.asOf) : null;
  return (
    <>
      {now.stale && (
        <p className="notice stale" role="status">
          <strong>The REST API does not answer.</strong>{' '}
          {asOf === null ? '' : `What you see of this room is from ${timeOfDay(asOf)}.`}
        </p>
      )}
      {hidden !== null && (
        <NotShown
          what={
            now.session === null
              ? 'since when the room is live, and who was here before'
              : 'who was here before'
          }
          problem={hidden}
        />
      )}
      <div className={`room ${now.stale ? 'is-stale' : ''}`}>
        <PeopleChart steps={steps} isWhole={isWhole} spanMs={SPAN_MS} until={asOf} />
        <PeopleList roomId={roomId} people={now.peers} roles={roles} />
        <div className="side">
          <TimelineList entries={entries} />
          {children}
        </div>
      </div>
    </>
  );
}
