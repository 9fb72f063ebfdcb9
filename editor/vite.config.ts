import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.SLUICE_DEV_SERVER ?? 'http://127.0.0.1:4400'
const toServer = { target: server, changeOrigin: false }

/** React, the router, the query cache and the components every screen needs change rarely: one file, cached across releases. */
const shared = /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|zustand|use-sync-external-store)\//

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: {
    port: 5173,
    proxy: { '/api': toServer, '/openapi.json': toServer, '/schemas': toServer, '/health': toServer },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined files would need `data:` in the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: shared }] },
      },
    },
  },
  worker: { format: 'es' },
})
