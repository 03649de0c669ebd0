import { cn } from '@tallyforge/ui/cn'
import { memo } from 'react'
import { Select } from '../../frame/late-controls.tsx'
import type { FileChoice } from './FileTree.tsx'

/** On a narrow screen the tree is a choice above the file. */
export const FilePicker = memo(function FilePicker({
  paths,
  path,
  openPath,
  edited,
  locked,
  onChoose,
  className,
}: FileChoice & { className: string }) {
  const mark = (file: string) => {
    if (file === openPath) return 'Being written'
    const marks = [edited.includes(file) && 'Edited', locked.includes(file) && 'Locked'].filter(Boolean)
    return marks.length > 0 ? marks.join(', ') : undefined
  }
  return (
    <div className={cn('border-b p-2', className)}>
      <Select
        label="File"
        value={path}
        options={paths.toSorted().map((file) => ({ value: file, label: file, detail: mark(file) }))}
        onChange={onChoose}
        className="w-full"
      />
    </div>
  )
})
