// What all peers that are written here have in common: where they listen, and how they read from the REST API.
import { Pool } from 'undici';

const base = new URL(process.env.UPSTREAM);
const pool = new Pool(base.origin, { connections: 256 });
const headers = { authorization: `Bearer ${process.env.TOKEN}` };

/** The port on which to listen, on loopback. */
export const port = Number(process.env.PORT);

/** The body of a read, as bytes. Rejects unless the status is 200. */
export async function getBytes(path) {
  const { statusCode, body } = await pool.request({ method: 'GET', path: base.pathname + path, headers });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200)
    throw Object.assign(new Error(`${path} was answered with ${statusCode}`), { statusCode });
  return bytes;
}

/** The value of a read; null if there is no such resource. */
export async function get(path) {
  const { statusCode, body } = await pool.request({ method: 'GET', path: base.pathname + path, headers });
  if (statusCode === 200) return body.json();
  await body.dump();
  if (statusCode === 404) return null;
  throw new Error(`${path} was answered with ${statusCode}`);
}

/** The path of a page of rooms. */
export function roomsPath(first, createdAfter) {
  const after = createdAfter == null ? '' : `&after=${encodeURIComponent(createdAfter)}`;
  return `/rooms?limit=${first}${after}`;
}
