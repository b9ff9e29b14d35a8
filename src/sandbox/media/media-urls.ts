// URLs of media in the vendor's format. The sandbox has no media, so nothing is served at them.
import { createHash } from 'node:crypto';

/** The playback URL of a live stream (an HLS playlist). */
export function playbackUrl({ roomId, id }: { readonly roomId: string; readonly id: string }): string {
  return `https://cdn.sandbox.example.com/${roomId}/${id}/master.m3u8`;
}

/** A download link for the file at a storage path, marked as valid for `expirySeconds`. */
export function presignedUrl(path: string, expirySeconds: number): string {
  const signature = createHash('sha256').update(`${path}?${expirySeconds}`).digest('hex');
  const location = path.replace('s3://', 'https://storage.sandbox.example.com/');
  return `${location}?X-Amz-Expires=${expirySeconds}&X-Amz-Signature=${signature}`;
}

/** The page that a job's browser opens if the start request has no `meeting_url`. */
export function meetingUrl(roomId: string): string {
  return `https://sandbox.example.com/preview/${roomId}/recorder?skip_preview=true`;
}
