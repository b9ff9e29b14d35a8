// The configuration of Vite, by which prepare.js builds the page. `npx vite examples/dashboard` serves the sources while you
// change them. It needs a gateway with the sandbox, which accepts requests from pages of localhost.
import { defineConfig } from 'vite';

// With or without /graphql at its end.
const gateway = (process.env['GATEWAY_URL'] || 'http://127.0.0.1:4000').replace(/\/(graphql\/?)?$/, '');

export default defineConfig({
  root: import.meta.dirname,
  base: '/live/',
  build: {
    // The page's Content-Security-Policy allows no data: URLs, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Browsers that have all of CSS nesting, oklch, light-dark() and <dialog>.
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
  },
  server: { proxy: { '/graphql': { target: gateway, ws: true } } },
});
