// Runs in the page, after GraphiQL's own script: starts GraphiQL, which reads the schema again when the headers have changed. Where
// the gateway wants a key or token, the schema is refused until there is one in the Headers editor.

/** How long the headers stay unchanged before the schema is read again, in milliseconds. */
const QUIET_MS = 400;

/** Strings, which stay as they are, or comments and commas before a closing bracket: GraphiQL allows these in headers. */
const LENIENT = /("(?:\\.|[^"\\])*")|\/\/.*|\/\*[^]*?\*\/|,(?=(?:\s|\/\/.*|\/\*[^]*?\*\/)*[}\]])/g;

/** The headers in the editor's text, as one line; undefined while the text is incomplete. */
function headersIn(text) {
  const json = text.replace(LENIENT, '$1').trim();
  try {
    return json === '' ? '' : JSON.stringify(JSON.parse(json));
  } catch {
    return undefined;
  }
}

let last = '';
let timer;

/** GraphiQL calls this with the editor's text at each change. */
function onEditHeaders(text) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const headers = headersIn(text);
    if (headers === undefined || headers === last) return;
    last = headers;
    // GraphiQL's own shortcut to read the schema.
    dispatchEvent(new KeyboardEvent('keydown', { key: 'R', ctrlKey: true, shiftKey: true }));
  }, QUIET_MS);
}

const settings = JSON.parse(document.querySelector('#settings').textContent);
globalThis.YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), { ...settings, onEditHeaders });
