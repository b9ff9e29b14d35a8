// The people of a room, those with a hand up first; their cameras and microphones, watched where asked; the way to act on one.
import { useState } from 'react';
import { hasHandUp, nameOf, type Person } from '../live/people.ts';
import { Icon } from '../parts/icons.tsx';
import { Reason } from '../parts/not-shown.tsx';
import { Avatar, RoleChip } from '../parts/person.tsx';
import { Age } from '../parts/times.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { TrackMarks } from './track-marks.tsx';
import { useRights, type Rights } from './use-rights.ts';
import { useTracks, type Track, type Tracks } from './use-tracks.ts';

interface PeopleListProps {
  readonly roomId: string;
  readonly people: readonly Person[];
  /** The names of the roles that people can be given; empty: they are not known. */
  readonly roles: readonly string[];
}

export function PeopleList({ roomId, people, roles }: PeopleListProps) {
  const tracks = useTracks(roomId);
  const rights = useRights(roomId);
  // As they were when they were chosen: the dialog stays open, and says so, when they leave.
  const [chosen, setChosen] = useState<Person | null>(null);
  const present = people.find(({ id }) => id === chosen?.id);
  const sorted = people.toSorted((one, other) => Number(hasHandUp(other)) - Number(hasHandUp(one)));
  return (
    <section className="panel people" aria-labelledby="people">
      <header>
        <h2 id="people">People</h2>
        <div className="tracks-asked" role="status">
          {tracks.problem === null && <span className="faint">{tracksInWords(tracks)}</span>}
          {tracks.problem !== null && <span className="alarm">{tracks.problem}</span>}
        </div>
        <button
          type="button"
          className="quiet"
          aria-pressed={tracks.isWatching}
          onClick={() => tracks.setWatching(!tracks.isWatching)}
          title="The gateway reads the tracks of one person after another, with a REST call for each"
        >
          Cameras and microphones
        </button>
      </header>
      {people.length === 0 && <p className="faint">Nobody is here.</p>}
      <ul>
        {sorted.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            tracks={tracks.of(person.hmsId)}
            act={mayAct(rights) ? () => setChosen(person) : null}
          />
        ))}
      </ul>
      {rights !== null && !mayAct(rights) && (
        <p className="faint">
          This login may look at people, but not act on them.{' '}
          {rights.refusal !== null && <Reason problem={rights.refusal} />}
        </p>
      )}
      {chosen !== null && rights !== null && (
        <PersonDialog
          rights={rights}
          roomId={roomId}
          person={present ?? chosen}
          isHere={present !== undefined}
          roles={roles}
          close={() => setChosen(null)}
        />
      )}
    </section>
  );
}

function tracksInWords({ isWatching, stale, awaited }: Tracks): string {
  if (!isWatching) return '';
  if (stale) return 'not up to date';
  return awaited > 0 ? `${awaited} still to read` : 'live';
}

function mayAct(rights: Rights | null): boolean {
  return rights !== null && (rights.message || rights.role || rights.remove);
}

interface PersonRowProps {
  readonly person: Person;
  readonly tracks: readonly Track[] | null;
  /** Null: this login may not act on people. */
  readonly act: (() => void) | null;
}

function PersonRow({ person, tracks, act }: PersonRowProps) {
  const isUp = hasHandUp(person);
  return (
    <li className={isUp ? 'hand-up' : ''}>
      <Avatar person={person} />
      <div className="who">
        <b>{nameOf(person)}</b>
        <span className="faint">
          {person.joinedAt !== null && (
            <>
              joined <Age of={person.joinedAt} />
            </>
          )}
          {isUp && <span className="unseen">, hand up</span>}
        </span>
      </div>
      <TrackMarks tracks={tracks} />
      <RoleChip role={person.role} />
      {act !== null && (
        <button type="button" className="icon-button" aria-label={`Act on ${nameOf(person)}`} onClick={act}>
          <Icon name="more" />
        </button>
      )}
    </li>
  );
}
