import type { LabelFacts } from '@sluice/engine/compile'
import type { Behaviour, Effect, FlowEvent } from '@sluice/engine/core'
import type { PureContext } from '@sluice/engine/worker'
import type { Json, JsonObject, Problem, Text } from '@sluice/flows'
import type { Static, TObject, TSchema } from 'typebox'
import type { InsideOutcome } from './outcome.ts'

/** Groups of the palette, in this order. */
export type Category = 'trigger' | 'consent' | 'decide' | 'flow' | 'people' | 'data' | 'ai' | 'message' | 'crm'

/** Silhouette on the canvas (EDITOR.md §6.1). */
export type Silhouette = 'trigger' | 'action' | 'decision' | 'human' | 'timer' | 'ai' | 'consent' | 'money'

export interface PortDefinition {
  readonly name: string
  readonly label: Text
  /** JSON Schema of what leaves here; absent: anything. */
  readonly schema?: TSchema
}

/** What a node does with people's data; read by the compiler's proofs (ARCHITECTURE.md §5). */
export type Labels = LabelFacts

/** One schema read by the compiler, the form, the completion, the API and the docs. Safe in browser and server. */
export interface NodeDefinition<Config extends TObject = TObject> {
  /** `pack.kebab-name`. */
  readonly type: string
  readonly version: number
  readonly label: Text
  /** One sentence: what it does for the analyst. */
  readonly summary: Text
  /** Synonyms for search, both languages. */
  readonly keywords?: readonly string[]
  readonly category: Category
  readonly silhouette: Silhouette
  /** lucide icon name, kebab-case. */
  readonly icon: string
  /** Its own picture instead of the icon: SVG text of at most `pictureCharsMax` characters. Shown as an image, never as markup. */
  readonly picture?: string
  readonly config: Config
  /** Absent: takes anything. `false`: a trigger has no input port. */
  readonly input?: TSchema | false
  /** Output ports in drawing order; may depend on the config. `error` is implied for every non-trigger. */
  readonly ports: readonly PortDefinition[] | ((config: JsonObject) => readonly PortDefinition[])
  /** JSON Schema of what leaves by a port, where the settings say it: read by the checks of expressions, and held to by the node. */
  readonly output?: (config: JsonObject, port: string) => object | undefined
  readonly effect: Effect
  /** Where the effect depends on the config: an HTTP GET may be repeated, a POST may not. Wins over `effect`. */
  readonly effectOf?: (config: JsonObject) => Effect
  readonly behaviour?: Behaviour
  readonly labels?: Labels
  /** Sentence on the card, generated from the parameters. Never throws on half-filled config. */
  readonly sentence?: (config: JsonObject, language: 'en' | 'zh-CN') => string
  /** Checks that a schema cannot say. Paths are relative to the config, for example `/rules/0/port`. */
  readonly check?: (config: JsonObject) => readonly Problem[]
  readonly trigger?: {
    eventTypes(config: JsonObject): readonly string[]
    matches(event: FlowEvent, config: JsonObject): boolean
    subject?(event: FlowEvent): string | null
    /** An event that would start it, for samples and tests. */
    readonly sample?: Json
  }
  /** Effect `none` only; other nodes run in the pack's server side. Cannot act: its outcome type has no act. */
  readonly run?: (context: PureContext<Static<Config>>) => InsideOutcome
  /** With this config the pack's server side runs it, because it has to read something stored. */
  readonly needsStore?: (config: JsonObject) => boolean
}

/** Declares a node type. @example see nodes/masking/nodes/mask-fields.ts */
export function defineNode<Config extends TObject>(definition: NodeDefinition<Config>): NodeDefinition<Config> {
  return definition
}

export function portsOf(node: NodeDefinition, config: JsonObject): readonly PortDefinition[] {
  return typeof node.ports === 'function' ? node.ports(config) : node.ports
}

/** What a node does to the world with this config. */
export function effectOf(node: Pick<NodeDefinition, 'effect' | 'effectOf'>, config: JsonObject): Effect {
  return node.effectOf === undefined ? node.effect : node.effectOf(config)
}
