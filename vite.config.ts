import { readFileSync } from 'node:fs';
import { lingui } from '@lingui/vite-plugin';
import type { PluginItem } from '@babel/core';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig, normalizePath } from 'vite';
import type { Plugin } from 'vite';
import { chunkGroups } from './vitePlugins/chunkGroups.ts';
import { precompress } from './vitePlugins/precompress.ts';
import { serviceWorker } from './vitePlugins/serviceWorker.ts';
import { sourceMessages } from './vitePlugins/sourceMessages.ts';

const service = process.env['THREEFOLD_SERVICE'] ?? 'http://localhost:4100';
const served = ['/api', '/beta', '/v1.0', '/oidc', '/threefold', '/config.json', '/healthz'];

/**
 * The first mention of the cascade layers decides their order, and the style sheets of chunks arrive in any order. So each
 * one begins with the order that src/ui/styles/designTokens.css explains.
 */
const layerOrder: Plugin = {
  name: 'threefold:layer-order',
  enforce: 'pre',
  transform: {
    filter: { id: /\.module\.css$/ },
    // On the first line and with no map of its own, so that the style sheet's lines stay where they were.
    handler: (code) => ({ code: `@layer tokens, base, ui, features, app;${code}`, map: null }),
  },
};

/**
 * The page for HTML bodies whose remote images were requested: the frame that loads nothing, plus one source in its
 * policy (docs/architecture.md#html-bodies-and-pdf-files).
 */
const imagesFrame = (): Plugin => {
  const name = 'body-frame-images.html';
  const page = () =>
    readFileSync(new URL('public/body-frame.html', import.meta.url), 'utf8').replace('img-src data:', '$& https:');
  return {
    name: 'threefold:images-frame',
    configureServer({ middlewares }) {
      middlewares.use(`/${name}`, (_request, response) => {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(page());
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source: page() });
    },
  };
};

/** Lingui's macros. In a build they leave their English messages in the code, compiled. */
const macros = {
  preset: {
    plugins: [
      ['@lingui/babel-plugin-lingui-macro', { descriptorFields: 'message' }] satisfies PluginItem,
      ...(process.env['NODE_ENV'] === 'production' ? [sourceMessages] : []),
    ],
  },
  rolldown: { filter: { code: /from '@lingui\/(?:core|react)\/macro'/ } },
};

export default defineConfig({
  plugins: [
    layerOrder,
    babel({ presets: [macros] }),
    react(),
    lingui(),
    { ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' },
    imagesFrame(),
    serviceWorker(),
    precompress(),
  ],
  server: { port: 5173, strictPort: true, proxy: Object.fromEntries(served.map((path) => [path, service])) },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // The first browsers with light-dark(): without this the colours of both themes are rewritten into twice the CSS.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    sourcemap: true,
    // `npm run build` is held to the first screen's budget instead (scripts/size.mjs).
    chunkSizeWarningLimit: 2_000,
    // Inlined files would need data: in the content security policy.
    assetsInlineLimit: 0,
    // Every browser that runs the app preloads modules by itself.
    modulePreload: { polyfill: false },
    rollupOptions: {
      // A build on a busy machine would print warnings about slow plugins.
      checks: { pluginTimings: false },
      input: { index: 'index.html', auth: 'auth.html' },
      output: { codeSplitting: { groups: chunkGroups(normalizePath(import.meta.dirname)) } },
    },
  },
});
