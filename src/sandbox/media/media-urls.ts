// Where the sandbox's media would be, had it any: URLs of the right form with nothing behind them.
import { createHash } from 'node:crypto';

/** Where a live stream plays. */
export function playbackUrl({ roomId, id }: { readonly roomId: string; readonly id: string }): string {
  return `https://cdn.sandbox.example.com/${roomId}/${id}/master.m3u8`;
}

/** A link to the file at a storage path, good for so many seconds. */
export function presignedUrl(path: string, expirySeconds: number): string {
  const signature = createHash('sha256').update(`${path}?${expirySeconds}`).digest('hex');
  const location = path.replace('s3://', 'https://storage.sandbox.example.com/');
  return `${location}?X-Amz-Expires=${expirySeconds}&X-Amz-Signature=${signature}`;
}

/** The page that a job's browser opens where the caller names none. */
export function meetingUrl(roomId: string): string {
  return `https://sandbox.example.com/preview/${roomId}/recorder?skip_preview=true`;
}
