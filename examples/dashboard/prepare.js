// Builds the page into dist/; the package's script `prepare` runs this, so `npm ci` does it. JavaScript and not TypeScript,
// because it also runs where only production packages are installed, under whatever Node is there. Then there is no Vite, so
// nothing is built, and the gateway says that it does not serve `/live`.
try {
  const { build } = await import('vite');
  await build({ configFile: new URL('vite.config.ts', import.meta.url).pathname, logLevel: 'warn' });
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.log('The live-rooms page is not built: Vite, a development dependency, is not installed.');
}
