import { registerEditorAction, registerEditorContribution } from 'monaco-editor/editor/browser/editorExtensions.js'
import { ContentHoverController } from 'monaco-editor/editor/contrib/hover/browser/contentHoverController.js'
import * as actions from 'monaco-editor/editor/contrib/hover/browser/hoverActions.js'
import { HoverParticipantRegistry } from 'monaco-editor/editor/contrib/hover/browser/hoverTypes.js'
import { MarkdownHoverParticipant } from 'monaco-editor/editor/contrib/hover/browser/markdownHoverParticipant.js'

const beforeFirstTouch = 2

const acts = [
  actions.ShowOrFocusHoverAction,
  actions.HideContentHoverAction,
  actions.ScrollUpHoverAction,
  actions.ScrollDownHoverAction,
  actions.ScrollLeftHoverAction,
  actions.ScrollRightHoverAction,
  actions.PageUpHoverAction,
  actions.PageDownHoverAction,
  actions.GoToTopHoverAction,
  actions.GoToBottomHoverAction,
]

/**
 * The card that tells of the word under the pointer. Monaco's own entry, `hoverContribution.js`, adds a card for mistakes that offers
 * fixes, a list of problems and one of references, in English: an expression has none of them, and what is wrong with it is told by
 * `function-help.ts` like everything else.
 */
export function registerHover(): void {
  registerEditorContribution(ContentHoverController.ID, ContentHoverController, beforeFirstTouch)
  HoverParticipantRegistry.register(MarkdownHoverParticipant)
  for (const act of acts) registerEditorAction(act)
}
