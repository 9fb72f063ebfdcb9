/** One call at a time. Whatever the code does ends at the edge of this thread. */
import { parentPort } from 'node:worker_threads'
import variant from '@jitl/quickjs-wasmfile-release-sync'
import type { CodeOrder } from '@sluice/sdk/server'
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'
import { runCode } from './run-code.ts'

const quickjs = await newQuickJSWASMModuleFromVariant(variant)
// A broken interpreter throws here, which ends the thread; the pool answers for it and starts another.
parentPort?.on('message', (order: CodeOrder) => parentPort?.postMessage(JSON.stringify(runCode(quickjs, order))))
parentPort?.postMessage('ready')
