// Media types and media ranges as the headers `Accept` and `Content-Type` write them, read by Node's MIMEType.
// Source: RFC 9110 section 8.3.1.
import { MIMEType } from 'node:util';

/** A media type such as `application/json; charset=utf-8`, or a range such as `text/*`. Null: the text is not one. */
export function parseMediaType(text: string): MIMEType | null {
  try {
    return new MIMEType(text);
  } catch {
    return null;
  }
}

/** Whether what a media type describes is in UTF-8: its `charset` says so or is missing. */
export function isUtf8({ params }: MIMEType): boolean {
  return /^utf-?8$/i.test(params.get('charset') ?? 'utf-8');
}
