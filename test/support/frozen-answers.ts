// Makes every change of a REST answer in place an error. Answers are shared: by callers at the same time, and by later ones
// whose answer is equal (src/rest/client/last-answers.ts).
import type { RestClient } from '../../src/rest/client/client.ts';

/** Freezes everything that reads of this client return, including nested objects. */
export function freezeAnswers(client: RestClient): void {
  const get = client.get.bind(client);
  client.get = async (request, options) => {
    const value = await get(request, options);
    freeze(value);
    return value;
  };
}

const frozen = new WeakSet<object>();

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return;
  frozen.add(value);
  for (const each of Object.values(value)) freeze(each);
  if (Array.isArray(value)) Object.freeze(value);
  else fixValues(value);
}

/** Pothos puts a hidden mark of its type on each Node that it loads, so objects must stay extensible. */
function fixValues(value: object): void {
  for (const key of Object.keys(value))
    Object.defineProperty(value, key, { writable: false, configurable: false });
}
