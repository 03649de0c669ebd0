import { DiffFrame } from '@tallyforge/ui/DiffFrame'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Undo2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import type { FileDiff } from '../../trpc.ts'
import type { DiffStyle } from './diff-style.ts'

const DiffCode = lazy(() => import('./DiffCode.tsx').then((diff) => ({ default: diff.DiffCode })))

type DiffFileProps = {
  file: FileDiff
  style: DiffStyle
  isOpenAtFirst: boolean
  revert: { label: string; isBusy: boolean; isDisabled: boolean; onRevert: () => void } | null
}

/** One file of a comparison, and the way to take it back. */
export function DiffFile({ file, style, isOpenAtFirst, revert }: DiffFileProps) {
  return (
    <DiffFrame
      {...file}
      isOpenAtFirst={isOpenAtFirst}
      actions={
        revert && (
          <IconButton
            label={revert.label}
            aria-busy={revert.isBusy || undefined}
            disabled={revert.isDisabled}
            onClick={revert.onRevert}
          >
            <Undo2 size={14} className={revert.isBusy ? 'animate-pulse' : undefined} aria-hidden />
          </IconButton>
        )
      }
    >
      <WhenNear height={shownHeight(file)}>
        <DiffCode file={file} style={style} />
      </WhenNear>
    </DiffFrame>
  )
}

const lineHeight = 20

/** About as high as the changes will be, so that little moves when they appear. */
function shownHeight({ hunks }: FileDiff): number {
  return hunks.reduce((sum, { lines }) => sum + lines.length * lineHeight + 28, 0)
}

/** Makes its children once they are nearly in sight, and keeps them: an editor for each of many files takes its time. */
function WhenNear({ height, children }: { height: number; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (box.current === null || isNear) return
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: '600px',
    })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [isNear])
  const room = <div ref={box} style={{ height }} />
  return isNear ? <Suspense fallback={room}>{children}</Suspense> : room
}
