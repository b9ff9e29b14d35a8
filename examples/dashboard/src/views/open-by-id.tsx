// Opens a room by its id, for logins that may not list rooms, such as a participant's token.
import { useState } from 'react';
import { linkTo } from '../hooks.ts';

export function OpenByIdForm() {
  const [roomId, setRoomId] = useState('');
  const id = roomId.trim();
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (id !== '') location.hash = linkTo(id);
      }}
    >
      <label htmlFor="room-id">Room id</label>
      <div className="row">
        <input
          id="room-id"
          value={roomId}
          onChange={({ target }) => setRoomId(target.value)}
          autoComplete="off"
          spellCheck={false}
          pattern="\s*\w+\s*"
          required
        />
        <button type="submit">Open</button>
      </div>
    </form>
  );
}
