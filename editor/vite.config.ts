import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { ariaLanguages } from './tools/aria-languages.ts'
import { compiledMessages } from './tools/compiled-messages.ts'
import { compressed } from './tools/compressed.ts'
import { drawingIcons } from './tools/drawing-icons.ts'
import { noColors } from './tools/no-colors.ts'
import { pinyinTable } from './tools/pinyin-table.ts'
import { serviceWorker } from './tools/service-worker.ts'
import { stepFaces } from './tools/step-faces.ts'

const server = process.env.SLUICE_DEV_SERVER ?? 'http://127.0.0.1:4400'
const toServer = { target: server, changeOrigin: false }

/** React, the router, the query cache and the components every screen needs change rarely: one file, cached across releases. */
const shared = /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|zustand|use-sync-external-store)\//

/** The components' library, the icons, and our own frame and design system. */
const library = /\/node_modules\/(react-aria|react-aria-components|react-stately|@internationalized)\//
const common =
  /\/node_modules\/(react-aria|react-aria-components|react-stately|@internationalized|lucide-react)\/|\/editor\/src\/(app|ui)\/(?!locales|offline)/

/** The workspaces that the page takes parts of. */
const ours = /\/(flows|engine|nodes)\/(?!.*node_modules)[^?]*\.ts$/

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    ariaLanguages(),
    compiledMessages(),
    stepFaces(),
    drawingIcons(),
    pinyinTable(),
    noColors(),
    react(),
    serviceWorker(),
    compressed(),
  ],
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
      // Our own modules only declare: what nobody uses is left out, with what it imports.
      treeshake: { moduleSideEffects: [{ test: ours, sideEffects: false }] },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'shared', test: shared, priority: 4 },
            // What every visit begins with, then the kit that most screens add; the canvas does without the kit until something opens.
            { name: 'frame', test: common, tags: ['$initial'], priority: 3 },
            {
              name: 'texts',
              test: /\/flows\/src\/(schema\/texts|schema\/field-name|canonical|reserved-key|pointer|json)\.ts$/,
              priority: 1,
            },
            // What mends problems and picks from lists loads with its first use, though many share it.
            {
              name: 'drawing',
              test: /\/editor\/src\/(doc|canvas|run)\/(?!commands\/mend|check\/fixes|menu\/PickList)|\?drawing$/,
              minShareCount: 3,
              priority: 1,
            },
            { name: 'kit', test: library, priority: 2, minShareCount: 14 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
})
