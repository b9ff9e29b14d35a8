// Code of a team, which calls the 100ms API by itself: the names of the people in a room.
import { SignJWT } from 'jose';

/** Where the API is, and the workspace's credentials. */
export interface Workspace {
  readonly url: string;
  readonly accessKey: string;
  readonly secret: string;
}

/** The names of the people who are in a room now. An answer of 503 is asked for once more. */
export async function namesInRoom(roomId: string, { url, accessKey, secret }: Workspace): Promise<string[]> {
  const token = await new SignJWT({ access_key: accessKey, type: 'management', version: 2 })
    .setProtectedHeader({ alg: 'HS256' })
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setNotBefore('-10s')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
  const headers = { authorization: `Bearer ${token}` };
  const ask = () => fetch(`${url}/active-rooms/${roomId}/peers`, { headers });
  let answer = await ask();
  if (answer.status === 503) answer = await ask();
  if (!answer.ok) throw new Error(`The API answered ${answer.status}.`);
  // The API's documented form.
  const { peers } = (await answer.json()) as {
    readonly peers: Readonly<Record<string, { readonly name: string }>>;
  };
  return Object.values(peers).map(({ name }) => name);
}
