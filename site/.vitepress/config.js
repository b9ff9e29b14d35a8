// The site of the documentation. JavaScript, because VitePress is installed in this folder alone, so the types of the project
// do not have it. Its pages are written by scripts/docs.ts.
import { defineConfig } from 'vitepress';
import sidebar from '../sidebar.json' with { type: 'json' };

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
