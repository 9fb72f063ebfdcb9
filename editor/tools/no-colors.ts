import type { Plugin } from 'vite'

const stub = '\0no-colors'
const users = /\/node_modules\/d3-(interpolate|transition)\//

/**
 * The canvas lets d3 glide from one view to another, which are three numbers. The same package can blend colours; that part (3 kB) is
 * never asked for, so every text is told to be none.
 */
export function noColors(): Plugin {
  return {
    name: 'no-colors',
    enforce: 'pre',
    apply: 'build',
    resolveId: { filter: { id: /^d3-color$/ }, handler: (_id, importer) => (importer !== undefined && users.test(importer) ? stub : null) },
    load: {
      filter: { id: /^\0no-colors$/ },
      handler: () =>
        'const none = () => null\nexport { none as color, none as cubehelix, none as hcl, none as hsl, none as lab, none as rgb }',
    },
  }
}
