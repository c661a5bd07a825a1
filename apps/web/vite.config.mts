import path from 'node:path';
import { defineConfig } from 'vite';

/** Where the API listens while the pages are worked on: `CENTUM_API=http://127.0.0.1:8100 npx vite apps/web`. */
const api = process.env['CENTUM_API'] ?? 'http://127.0.0.1:8100';

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: path.resolve(import.meta.dirname, '../../.cache/vite'),
  build: {
    outDir: path.resolve(import.meta.dirname, '../../dist/web'),
    // Pages that are open while a new version comes still find their parts; scripts/web.mjs clears what is old.
    emptyOutDir: false,
    target: 'es2023',
    // What a page loads first is measured from this; see scripts/web.mjs.
    manifest: true,
    modulePreload: { polyfill: false },
    // Inlined files would be `data:` addresses, which the content security policy refuses for scripts and styles.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" means something to servers that render; here everything is the client.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: { proxy: { '/api/v1': { target: api, changeOrigin: true } } },
});
