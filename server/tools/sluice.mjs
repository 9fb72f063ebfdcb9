#!/usr/bin/env node
/** `npx sluice …`: works right after `npm install`, because it builds the server first when that was not done yet. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildWhenChanged, root } from './build-when-changed.mjs'

await buildWhenChanged('server')
await import(pathToFileURL(join(root, 'server/dist/cli.js')).href)
