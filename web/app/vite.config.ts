/// <reference types="vitest/config" />
// Builds the page. The output holds nothing inline: the server's policy is `style-src 'self'`.
import { readFileSync } from 'node:fs';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The typeface's licence travels with its files. */
function typefaceLicence(): Plugin {
  return {
    name: 'typeface-licence',
    apply: 'build',
    generateBundle() {
      const source = readFileSync('node_modules/@fontsource-variable/inter/LICENSE');
      this.emitFile({ type: 'asset', fileName: 'licences/inter.txt', source });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    tailwindcss(),
    { ...optimizeLocales.vite({ locales: ['en-US', 'et-EE'] }), enforce: 'pre' },
    typefaceLicence(),
  ],
  build: {
    // A data: URL would need a hole in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  // `npm run dev` shows the page as it is edited, before a real server: `ladus demo`, for example.
  server: {
    proxy: { '/api': process.env.LADUS_API ?? 'http://127.0.0.1:8080' },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
  },
});
