import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fromRoot } from './lib/paths.ts';

export default defineConfig({
  root: fromRoot('renderer'),
  cacheDir: fromRoot('.cache/vite'),
  plugins: [react(), tailwind()],
  build: {
    // Electron's Chromium, and the app window of an installed browser of the last two years.
    target: 'chrome130',
    outDir: fromRoot('dist/renderer'),
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
  },
});
