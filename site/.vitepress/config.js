// The documentation site. scripts/docs.ts writes its pages. This file is JavaScript because VitePress is installed only in this folder,
// so the type check of the project cannot resolve it.
import { defineConfig } from 'vitepress';
import sidebar from '../sidebar.json' with { type: 'json' };

/** Creates the same anchors as GitHub, so that links in the pages work in both places. */
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
  // Without an icon, browsers would request /favicon.ico.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    anchor: { slugify },
    toc: { slugify },
    config({ renderer }) {
      // Indented code contains commands, so it is shown like a fenced block of `sh`.
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
