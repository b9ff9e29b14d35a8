// A person as a small picture, and the role that tells people apart by colour and by name.
import { colourOf, hasHandUp, initialsOf, nameOf, type Person } from '../live/people.ts';
import { Icon } from './icons.tsx';

export function Avatar({ person }: { readonly person: Person }) {
  return (
    <span className={`avatar role-${colourOf(person.role)}`} aria-hidden="true">
      {initialsOf(person.name).toUpperCase()}
      {hasHandUp(person) && (
        <span className="badge">
          <Icon name="hand" />
        </span>
      )}
    </span>
  );
}

const MAX_SHOWN = 6;

/** The people of a room as pictures; those with a hand up come first, so that they are not among the others. */
export function Avatars({ people }: { readonly people: readonly Person[] }) {
  const sorted = people.toSorted((one, other) => Number(hasHandUp(other)) - Number(hasHandUp(one)));
  const shown = sorted.slice(0, sorted.length > MAX_SHOWN + 1 ? MAX_SHOWN : MAX_SHOWN + 1);
  const more = sorted.length - shown.length;
  return (
    <ul className="avatars" aria-label="People">
      {shown.map((person) => (
        <li key={person.id}>
          <Avatar person={person} />
          <span className="unseen">
            {nameOf(person)}
            {hasHandUp(person) ? ', hand up' : ''}
          </span>
        </li>
      ))}
      {more > 0 && (
        <li className="more">
          +{more}
          <span className="unseen"> more</span>
        </li>
      )}
    </ul>
  );
}

export function RoleChip({ role }: { readonly role: string | null }) {
  return <span className={`chip role-${colourOf(role)}`}>{role ?? 'no role'}</span>;
}
