import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const dist = fileURLToPath(new URL('dist', import.meta.url))

/** In development the server runs beside Vite: `npm run dev` starts both and says where. */
const api = process.env.PAPERBOARD_API ?? 'http://127.0.0.1:3001'

/** Keeps the app's shell in the browser, so that a reload works offline. Papers and documents have stores of their own. */
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
    theme_color: '#faf8f3',
    background_color: '#faf8f3',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any maskable' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,svg}', '**/*-latin-*.woff2'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/api\//, /^\/sync\//, /^\/calendar\//, /^\/feeds\//],
    cleanupOutdatedCaches: true,
    // Fonts of other scripts and of mathematics come when a page first needs them, and stay.
    runtimeCaching: [
      { urlPattern: ({ request, sameOrigin }) => sameOrigin && request.destination === 'font', handler: 'CacheFirst', options: { cacheName: 'fonts' } },
    ],
  },
})

/** Files of text are compressed once, here, as well as can be; the server hands them out as they are. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  enforce: 'post',
  closeBundle: {
    // After the offline shell has written its files.
    order: 'post',
    sequential: true,
    handler() {
      for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
        const file = join(dist, name)
        if (!/\.(js|css|html|svg|webmanifest)$/.test(name) || statSync(file).size < 1024) continue
        const bytes = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(bytes))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  },
})

export default defineConfig({
  plugins: [react(), offlineShell, compressed()],
  // Two copies of Yjs do not recognize each other's types.
  resolve: { dedupe: ['yjs', 'react', 'react-dom'] },
  // A slow machine is no matter for a warning.
  build: {
    target: 'es2022',
    sourcemap: true,
    // The content security policy lets no font come from inside a style sheet.
    assetsInlineLimit: file => (/\.woff2?$/.test(file) ? false : undefined),
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  server: { port: 5173, strictPort: true, proxy: { '/api': api, '/sync': { target: api, ws: true } } },
})
