// The site of the documentation. JavaScript, because VitePress is installed in this folder alone, so the types of the project
// do not have it. Its pages are written by scripts/docs.ts.
import { defineConfig } from 'vitepress';

const guides = [
  ['A live roster', 'live-roster'],
  ['A moderation bot', 'moderation-bot'],
  ['Attendance', 'attendance'],
  ['A giveaway', 'giveaway'],
  ['Short answers', 'recipes'],
  ['From REST to GraphQL', 'from-rest'],
  ['Troubleshooting', 'troubleshoot'],
];
const kinds = [
  'Queries',
  'Mutations',
  'Subscriptions',
  'Objects',
  'Interfaces',
  'Unions',
  'Inputs',
  'Enums',
  'Scalars',
];
const decisions = [
  ['graphql 17', '0001-graphql-17'],
  ['A compiled executor', '0002-compiled-executor'],
  ['Redis between instances', '0003-redis-between-instances'],
  ['An emulator in the project', '0004-sandbox'],
  ['Access as data', '0005-access-as-data'],
  ['Polling is the truth', '0006-polling-is-the-truth'],
];
const items = (folder, pages) => pages.map(([text, page]) => ({ text, link: `/${folder}/${page}` }));

const sidebar = [
  { text: 'Start', link: '/' },
  { text: 'Guides', items: items('docs/guides', guides) },
  {
    text: 'Clients',
    items: [
      { text: 'Clients', link: '/docs/clients' },
      { text: 'Client package', link: '/packages/client/README' },
    ],
  },
  {
    text: 'Run it',
    items: items('docs', [
      ['Operate', 'operations'],
      ['Secure', 'security'],
      ['Scale', 'scaling'],
      ['Performance', 'performance'],
    ]),
  },
  {
    text: 'Schema',
    items: kinds.map((kind) => ({ text: kind, link: `/schema/${kind.toLowerCase()}` })),
  },
  {
    text: 'How it works',
    items: items('docs', [
      ['Endpoints and fields', 'mapping'],
      ['Architecture', 'architecture'],
      ['The REST API as upstream', 'upstream'],
      ['The executor', 'executor'],
      ['Coverage', 'coverage'],
    ]),
  },
  {
    text: 'Contribute',
    collapsed: true,
    items: [
      { text: 'Contributing', link: '/CONTRIBUTING' },
      { text: 'Adding a resource', link: '/docs/adding-a-resource' },
      ...items('docs/decisions', decisions),
      { text: 'Changelog', link: '/CHANGELOG' },
    ],
  },
];

/** The anchors that GitHub makes, so that links in the pages work in both places. */
const slugify = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');

export default defineConfig({
  title: 'hms-gateway',
  description: 'One GraphQL endpoint over the 100ms server-side REST API, with subscriptions.',
  srcDir: 'pages',
  outDir: 'dist',
  cleanUrls: true,
  // Without an icon, browsers would ask for /favicon.ico.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    anchor: { slugify },
    toc: { slugify },
    config({ renderer }) {
      // Indented code is commands: it looks like a fenced block of `sh`.
      renderer.rules.code_block = (tokens, index, ...rest) => {
        tokens[index].info = 'sh';
        return renderer.rules.fence(tokens, index, ...rest);
      };
    },
  },
  themeConfig: {
    sidebar,
    outline: { level: 2 },
    search: { provider: 'local' },
    nav: [
      { text: 'Guides', link: '/docs/guides/live-roster' },
      { text: 'Schema', link: '/schema/queries' },
    ],
  },
});
