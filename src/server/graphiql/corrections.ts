// Corrects faults of the GraphiQL that @graphql-yoga/render-graphiql bundles, in its minified script before it is served. The
// text that a correction replaces must occur exactly once. If that is no longer so after an upgrade of the package, building the
// page fails with an error that names the correction, so that someone checks whether GraphiQL still needs it.

interface Correction {
  /** What the correction achieves in the page. */
  readonly effect: string;
  readonly pattern: RegExp;
  /** The text instead of `pattern`; $1, $2 are its groups. */
  readonly replacement: string;
}

const NO_SCHEMA =
  'The schema cannot be read; the reason is where answers are. Does the gateway want a key or token? Write it into the ' +
  'Headers editor: then the schema is read again.';

const LOST = 'The connection to the gateway is lost. Run the operation again.';
/** The close code for a key or token that is not accepted. */
const FORBIDDEN = 4403;

/** Corrections of what GraphiQL shows and requests, which need no names from its source. */
const CHANGES: readonly Correction[] = [
  {
    // The editor of answers breaks long lines already.
    effect: 'no line of an operation is cut at the edge of its editor',
    pattern: /lineNumbersMinChars:2,(?=roundedSelection:!1,tabIndex:-1,\.\.\.)/,
    replacement: '$&wordWrap:"on",',
  },
  {
    // When GraphiQL opens a tab, it also loads the headers of that tab. But a key or token is the same for all operations.
    effect: 'all tabs send what the Headers editor holds',
    pattern: /[\w$]+\?\.setValue\([\w$]+\?\?[\w$]+\?\?""\),/,
    replacement: '',
  },
  {
    // By default graphql-ws tries again only after a close, so a gateway that restarts ends the subscription.
    effect: 'a subscription goes on after a restart of the gateway, but not with a key that is refused',
    pattern: /shouldRetry:([\w$]+)=[\w$]+,on:/,
    replacement: `shouldRetry:$1=({code})=>code!==${FORBIDDEN},on:`,
  },
  {
    // GraphiQL writes the event of a WebSocket as JSON, of which nothing is left but `"isTrusted": true`.
    effect: 'a connection that is lost or refused is told in words',
    pattern:
      /( instanceof Error\?[\w$]+\(([\w$]+)\)):\2(?=\}function [\w$]+\(\2\)\{return Array\.isArray\(\2\))/,
    replacement: `$1:$2 instanceof Event?{message:$2.reason||${JSON.stringify(LOST)}}:$2`,
  },
  {
    effect: 'the documentation says what to do where the schema cannot be read',
    pattern: /"Error fetching schema"/,
    replacement: JSON.stringify(NO_SCHEMA),
  },
  {
    // GraphiQL shows the refusal in place of an answer, and leaves it there.
    effect: 'the refusal to read the schema goes when the schema is asked for again',
    pattern: /([\w$]+)&&([\w$]+)\?\.setValue\(\1\)(?=,[\w$]+\.length&&\2\?\.setValue)/,
    replacement: '($1?$2?.setValue(self.refusal=$1):self.refusal===$2?.getValue()&&$2?.setValue(""))',
  },
  {
    // GraphiQL gives the role of a tab to the element around the tab's two buttons, where screen readers find neither.
    effect: 'a tab is an item of a list, with its buttons',
    pattern: /"aria-selected":([\w$]+),dragElastic:!1,role:"tab",/,
    replacement: '"aria-current":$1,dragElastic:!1,',
  },
  {
    effect: 'the tabs are a list',
    pattern: /axis:"x",role:"tablist",/,
    replacement: 'axis:"x",',
  },
  {
    effect: 'comments can be read on a dark ground',
    pattern: /base:"vs-dark",inherit:!0,colors:[\w$]+\("dark"\),rules:\[/,
    replacement: '$&{token:"comment",foreground:"#7cab68"},',
  },
];

/** In GraphiQL's source: `operationFacts = getOperationFacts(schema, editor.getValue())`, then the name that is selected. */
const OPERATION_FACTS =
  /const ([\w$]+)=([\w$]+)\([\w$]+,[\w$]+\.getValue\(\)\),[\w$]+=([\w$]+)\([\w$]+,[\w$]+,\1\?\.operations\)/;

/** Returns the script of GraphiQL without its faults. Throws where GraphiQL is not the version known here. */
export function withCorrections(script: string): string {
  return corrections(script).reduce(corrected, script);
}

function corrected(script: string, { effect, pattern, replacement }: Correction): string {
  const places = script.match(new RegExp(pattern, 'g'))?.length ?? 0;
  if (places !== 1) throw unknownVersion(effect, places);
  return script.replace(pattern, replacement);
}

function unknownVersion(effect: string, places: number): Error {
  return new Error(`GraphiQL has another version than its corrections: ${places} places for "${effect}".`);
}

function corrections(script: string): readonly Correction[] {
  // A name may contain a `$`, which a replacement doubles.
  const names = OPERATION_FACTS.exec(script)?.map((name) => name.replaceAll('$', '$$$$')) ?? [];
  const [, , getOperationFacts, getSelectedOperationName] = names;
  if (getOperationFacts === undefined || getSelectedOperationName === undefined)
    throw unknownVersion('the facts of an operation', 0);
  return [
    {
      // GraphiQL sends headers with requests. A WebSocket has none, so `connection_init` carries them.
      effect: 'a subscription sends what the Headers editor holds',
      pattern: /extensions:\{headers:([\w$]+)\?\.headers\}/,
      replacement: 'extensions:{headers:$1?.headers,connectionParams:$1?.headers}',
    },
    {
      // framer-motion keeps a tab at its place relative to `dragConstraints`, the list of tabs. The first place is measured
      // while the documentation pane is still laid out to the left of the list, so with the next change of size (the fonts
      // arrive, the window changes) each tab is moved to the right end of the list. GraphiQL's style sheet hides the move
      // (`transform: none !important`) until the tab has the focus: with the press of the mouse button the tab jumps away,
      // the button is released elsewhere, and no click happens. A tab snaps back after it was dragged, with or without
      // constraints.
      effect: 'a tab stays below the mouse when it is pressed',
      pattern: /dragConstraints:[\w$]+,(value:[\w$]+,isActive:)/,
      replacement: '$1',
    },
    {
      // GraphiQL parses the editor's text 100 ms after it changed. Run before that, it sends the name of the operation that
      // the previous tab had: "Cannot infer operation".
      effect: 'the text of the editor is parsed before it is run',
      pattern: /(async run\(\)\{)(?=const\{[^}]*overrideOperationName:[^}]*\}=([\w$]+)\(\);)/,
      replacement:
        '$1{const{schema,queryEditor,operationName,actions}=$2();if(queryEditor){' +
        `const facts=${getOperationFacts}(schema,queryEditor.getValue());` +
        'actions.setOperationFacts({documentAST:facts?.documentAST,operations:facts?.operations,' +
        `operationName:${getSelectedOperationName}(undefined,operationName,facts?.operations)})}}`,
    },
    {
      // A query in flight is not aborted. Without the correction its answer is written to the tab that is open when the
      // answer arrives.
      effect: 'the answer to a stopped operation, or to one of the previous tab, is dropped',
      pattern:
        /(stop\(\)\{[\w$]+\(\(\{subscription:([\w$]+))\}(\)=>\(\2\?\.unsubscribe\(\),\{isFetching:!1,subscription:null)\}/,
      replacement: '$1,queryId}$3,queryId:queryId+1}',
    },
    ...CHANGES,
  ];
}
