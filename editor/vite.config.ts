import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { ariaLanguages } from './tools/aria-languages.ts'
import { compiledMessages } from './tools/compiled-messages.ts'
import { compressed } from './tools/compressed.ts'
import { drawingIcons } from './tools/drawing-icons.ts'
import { earlyScript } from './tools/early-script.ts'
import { monacoParts } from './tools/monaco-parts.ts'
import { noColors } from './tools/no-colors.ts'
import { packsInBrowser } from './tools/packs-in-browser.ts'
import { pageFiles } from './tools/page-files.ts'
import { pinyinTable } from './tools/pinyin-table.ts'
import { serviceWorker } from './tools/service-worker.ts'
import { spellingTable } from './tools/spelling-table.ts'
import { stepFaces } from './tools/step-faces.ts'

const server = process.env.SLUICE_DEV_SERVER ?? 'http://127.0.0.1:4400'
const toServer = { target: server, changeOrigin: false }

/** React, the router, the query cache and the components every screen needs change rarely: one file, cached across releases. */
const shared = /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|zustand|use-sync-external-store)\/|^\0rolldown\/runtime/

/** The components' library, the icons, and our own frame and design system. */
const library = /\/node_modules\/(react-aria|react-aria-components|react-stately|@internationalized)\//
const common =
  /\/node_modules\/(react-aria|react-aria-components|react-stately|@internationalized|lucide-react)\/|\/editor\/src\/(app|ui)\/(?!locales|early|offline\/(service-worker|push-words))|vite\/preload-helper/

/** What pans, zooms and wires. */
const engine = /\/node_modules\/(@xyflow|d3-[a-z]+|classcat)\/.*(?<!\.css)$/

/** What draws a flow, runs on it included. */
const drawing =
  /\/editor\/src\/((doc|canvas|run)\/(?!commands\/mend|check\/fixes|menu\/PickList|palette\/(search|keywords|describe|add-described)|picture\/PictureBar|back-wire|visits|facts|clipboard-io|engine\/viewport-memory)|app\/api\/stream-merge|app\/i18n\/iso-duration|inspect\/data\/kept-outputs|screens\/canvas\/flow-api)|\/flows\/src\/document\/|\/nodes\/sdk\/src\/picture\.ts$|@xyflow\/react\/dist\/base\.css$|\?drawing$|no-colors/

/** What the canvas shares with the parts that open on it. */
const canvas =
  /\/editor\/src\/(canvas\/(can-test|clipboard-io|engine\/viewport-memory|palette\/(use-step-search|palette-drag)|tidy\/tidy)|inspect\/(Inspector|InspectorHead|FlowSettings)|screens\/canvas\/(parts-on-demand|use-saving|RecoverBanner\.module)|ui\/PlainField)\./

/** What nearly every screen says: a state, a field. */
const status =
  /\/editor\/src\/ui\/(StatusChip|status|[fF]ield-styles|Field\.module)|\/lucide-react\/dist\/esm\/icons\/(ban|circle-slash|clock|loader-circle|octagon-exclamation-point|shield-ban)\.m?js$/

/** The layers of the large editor, read one after the other (`inspect/expression/large-editor.ts`). */
const monacoBase = /\/monaco-editor\/esm\/(external|vs\/(base|nls|platform|internal|amdX))/
const monacoCommon = /\/monaco-editor\/esm\/vs\/editor\/common\//

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
    spellingTable(),
    monacoParts(),
    noColors(),
    packsInBrowser(),
    react(),
    earlyScript(),
    serviceWorker(),
    pageFiles(),
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
    chunkSizeWarningLimit: 1_100,
    rolldownOptions: {
      // Our own modules only declare: what nobody uses is left out, with what it imports. A component that is only wrapped is not used yet.
      treeshake: { moduleSideEffects: [{ test: ours, sideEffects: false }], manualPureFunctions: ['memo', 'forwardRef'] },
      output: {
        // The names of shared parts list who shares them.
        chunkFileNames: ({ name }) => `assets/${name.split('~', 1)[0]}-[hash].js`,
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
              test: drawing,
              minShareCount: 3,
              priority: 1,
            },
            { name: 'engine', test: engine, priority: 2 },
            { name: 'kit', test: library, priority: 2, minShareCount: 14 },
            {
              name: 'icons',
              test: /\/node_modules\/lucide-react\//,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 3_000,
            },
            { name: 'monaco-base', test: monacoBase },
            { name: 'monaco-common', test: monacoCommon },
            { name: 'canvas', test: canvas, minShareCount: 2 },
            { name: 'status', test: status, minShareCount: 2, priority: 2 },
            // What the views of a run have in common, in one file instead of six.
            { name: 'replay', test: /\/editor\/src\/screens\/run-replay\//, minShareCount: 2 },
          ],
        },
      },
    },
  },
  worker: { format: 'es', plugins: () => [packsInBrowser()] },
})
