import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** In development the server runs beside Vite; `npm run dev` says where. */
const api = process.env.PAPERBOARD_API ?? 'http://127.0.0.1:3001'

/** Keeps the app's shell in the browser, so that a reload works offline. Data is not its matter: papers and documents have stores of their own. */
const offlineShell = VitePWA({
  registerType: 'autoUpdate',
  // A file of its own: the content security policy allows no inline script.
  injectRegister: 'script-defer',
  manifest: {
    name: 'Paperboard',
    short_name: 'Paperboard',
    description: 'The paper board of your reading group',
    display: 'standalone',
    start_url: '/',
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,svg}', '**/*-latin-wght-normal-*.woff2'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/api\//, /^\/sync\//],
    cleanupOutdatedCaches: true,
    // Fonts of other scripts and of mathematics come when a page first needs them, and stay.
    runtimeCaching: [
      { urlPattern: ({ request, sameOrigin }) => sameOrigin && request.destination === 'font', handler: 'CacheFirst', options: { cacheName: 'fonts' } },
    ],
  },
})

export default defineConfig({
  plugins: [react(), offlineShell],
  // Two copies of Yjs do not recognize each other's types.
  resolve: { dedupe: ['yjs', 'react', 'react-dom'] },
  build: { target: 'es2022', sourcemap: true },
  server: { port: 5173, strictPort: true, proxy: { '/api': api, '/sync': { target: api, ws: true } } },
})
