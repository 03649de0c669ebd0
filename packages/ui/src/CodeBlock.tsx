import { CopyButton } from './CopyButton.tsx'
import { cn } from './cn.tsx'

/** One command or a few lines to copy. */
export function CodeBlock({ code, label, className }: { code: string; label: string; className?: string }) {
  return (
    <div
      className={cn(
        'flex items-center gap-2 rounded-md border bg-sunken py-1 pr-1 pl-3 pointer-coarse:py-0',
        className,
      )}
    >
      <pre className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-sm">{code}</pre>
      <CopyButton text={code} label={label} />
    </div>
  )
}
