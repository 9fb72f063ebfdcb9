export { edgeOf, emptyFlow, fromFile, inOrder, toFile } from '@sluice/flows/document'
