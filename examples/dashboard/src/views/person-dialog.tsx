// Acts on one person: a message, another role, out of the room. Each answer is told in words, failures with their reason.
import { useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { ChangeRole, RemovePeer, SendMessage } from '../documents.ts';
import { nameOf, type Person } from '../live/people.ts';
import { Icon } from '../parts/icons.tsx';
import { Avatar, RoleChip } from '../parts/person.tsx';
import { outcomeOf, type Outcome } from './outcome.ts';
import type { Rights } from './use-rights.ts';

interface PersonDialogProps {
  readonly roomId: string;
  readonly person: Person;
  /** Whether the person is still in the room. */
  readonly isHere: boolean;
  readonly roles: readonly string[];
  readonly rights: Rights;
  readonly close: () => void;
}

export function PersonDialog({ roomId, person, isHere, roles, rights, close }: PersonDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const parts = { roomId, person, roles, isHere, tell: setOutcome };
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="person" className="person-dialog">
      <header>
        <Avatar person={person} />
        <div className="who">
          <h2 id="person">{nameOf(person)}</h2>
          {isHere ? <RoleChip role={person.role} /> : <span className="faint">has left the room</span>}
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      {rights.message && <MessageForm {...parts} />}
      {rights.role && <RoleForm {...parts} />}
      {rights.remove && <RemoveForm {...parts} />}
      <p role="status" className={`outcome ${outcome?.isGood === true ? 'good' : 'alarm'}`}>
        {outcome?.text}
      </p>
    </dialog>
  );
}

interface FormProps {
  readonly roomId: string;
  readonly person: Person;
  readonly isHere: boolean;
  readonly roles: readonly string[];
  readonly tell: (outcome: Outcome | null) => void;
}

function MessageForm({ roomId, person, isHere, tell }: FormProps) {
  const [message, setMessage] = useState('');
  const [{ fetching }, send] = useMutation(SendMessage);
  const submit = async () => {
    tell(null);
    const answer = await send({ input: { roomId, peerId: person.hmsId, message, type: 'chat' } });
    const outcome = outcomeOf(answer, 'The message is sent.');
    tell(outcome);
    if (outcome.isGood) setMessage('');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label htmlFor="message">Message</label>
      <div className="row">
        <input id="message" value={message} onChange={({ target }) => setMessage(target.value)} required />
        <button type="submit" disabled={fetching || !isHere}>
          Send
        </button>
      </div>
    </form>
  );
}

function RoleForm({ roomId, person, isHere, roles, tell }: FormProps) {
  const others = roles.filter((role) => role !== person.role);
  const [chosen, setChosen] = useState('');
  const role = others.includes(chosen) ? chosen : (others[0] ?? '');
  const [{ fetching }, change] = useMutation(ChangeRole);
  if (others.length === 0) return null;
  const submit = async () => {
    tell(null);
    const answer = await change({ input: { roomId, peerId: person.hmsId, role } });
    tell(outcomeOf(answer, `${nameOf(person)} is ${role} now.`));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label htmlFor="role">Role</label>
      <div className="row">
        <select id="role" value={role} onChange={({ target }) => setChosen(target.value)}>
          {others.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <button type="submit" disabled={fetching || !isHere}>
          Change
        </button>
      </div>
    </form>
  );
}

function RemoveForm({ roomId, person, isHere, tell }: FormProps) {
  const [isAsked, setIsAsked] = useState(false);
  const [{ fetching }, remove] = useMutation(RemovePeer);
  const submit = async () => {
    tell(null);
    const answer = await remove({ input: { roomId, peerId: person.hmsId } });
    tell(outcomeOf(answer, `${nameOf(person)} is removed.`));
    setIsAsked(false);
  };
  return (
    <div className="remove">
      {isAsked ? (
        <>
          <p>Remove {nameOf(person)} from the room?</p>
          <div className="row">
            <button
              type="button"
              className="danger"
              disabled={fetching || !isHere}
              onClick={() => void submit()}
            >
              Remove
            </button>
            <button type="button" className="quiet" onClick={() => setIsAsked(false)}>
              Keep
            </button>
          </div>
        </>
      ) : (
        <button
          type="button"
          className="quiet danger-text"
          disabled={!isHere}
          onClick={() => setIsAsked(true)}
        >
          Remove from the room
        </button>
      )}
    </div>
  );
}
