import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tree as AriaTree, Button, type Key, TreeItem, TreeItemContent } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Tree.module.css'

export interface TreeNode {
  readonly id: string
  readonly name: string
  readonly content?: ReactNode
  readonly children?: readonly TreeNode[]
}

export interface TreeProps {
  readonly label: string
  readonly nodes: readonly TreeNode[]
  readonly expanded?: readonly string[]
  readonly defaultExpanded?: readonly string[]
  readonly onExpand?: (ids: readonly string[]) => void
  readonly onOpen?: (id: string) => void
  readonly className?: string | undefined
}

export function Tree({ label, nodes, expanded, defaultExpanded, onExpand, onOpen, className }: TreeProps) {
  return (
    <AriaTree
      aria-label={label}
      className={cx(styles.tree, className)}
      {...(expanded !== undefined && { expandedKeys: expanded })}
      {...(defaultExpanded !== undefined && { defaultExpandedKeys: defaultExpanded })}
      {...(onExpand !== undefined && { onExpandedChange: (keys: Set<Key>) => onExpand([...keys].map(String)) })}
      {...(onOpen !== undefined && { onAction: (key: Key) => onOpen(String(key)) })}
    >
      {nodes.map((node) => branch(node))}
    </AriaTree>
  )
}

function branch(node: TreeNode) {
  return (
    <TreeItem key={node.id} id={node.id} textValue={node.name} className={styles.item ?? ''}>
      <TreeItemContent>
        {({ level, hasChildItems }) => (
          <div className={styles.row} style={{ paddingInlineStart: 4 + (level - 1) * 14 }}>
            {hasChildItems ? (
              <Button slot="chevron" className={styles.chevron ?? ''}>
                <ChevronRight size={12} aria-hidden="true" />
              </Button>
            ) : (
              <span className={styles.chevron} />
            )}
            {node.content ?? node.name}
          </div>
        )}
      </TreeItemContent>
      {node.children?.map((child) => branch(child))}
    </TreeItem>
  )
}
