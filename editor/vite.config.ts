import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { ariaLanguages } from './tools/aria-languages.ts'
import { compiledMessages } from './tools/compiled-messages.ts'
import { serviceWorker } from './tools/service-worker.ts'

const server = process.env.SLUICE_DEV_SERVER ?? 'http://127.0.0.1:4400'
const toServer = { target: server, changeOrigin: false }

/** React, the router, the query cache and the components every screen needs change rarely: one file, cached across releases. */
const shared = /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|zustand|use-sync-external-store)\//

/** What most screens are made of; the rest of it stays with the screens that use it. */
const components =
  /node_modules\/(react-aria|react-aria-components|react-stately|@internationalized)\/(?!.*(combobox|numberfield|spinbutton|ComboBox|NumberField|NumberParser|Tree|DropZone|\/dnd\/|[tT]able|\/grid\/|Autocomplete))/

/** Our own parts that several screens share, without the ones that bring heavy components along. */
const frame = /\/node_modules\/lucide-react\/|\/editor\/src\/(app|ui)\/(?!locales|ComboBox|NumberField|RadioGroup|SplitPane|schema-form)/

export default defineConfig({
  root: import.meta.dirname,
  plugins: [ariaLanguages(), compiledMessages(), react(), serviceWorker()],
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
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'shared', test: shared, priority: 3 },
            { name: 'components', test: components, priority: 2, minShareCount: 3 },
            {
              name: 'app',
              test: frame,
              priority: 1,
              minShareCount: 3,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
})
