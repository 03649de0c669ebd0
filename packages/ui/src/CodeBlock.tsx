import { CopyButton } from './CopyButton.tsx'
import { cn } from './cn.tsx'

/** One command or a few lines to copy. Long lines wrap, so that nothing of a command is out of sight. */
export function CodeBlock({ code, label, className }: { code: string; label: string; className?: string }) {
  return (
    <div
      className={cn(
        'flex items-start gap-2 rounded-md border bg-sunken py-1 pr-1 pl-3 pointer-coarse:py-0',
        className,
      )}
    >
      <pre className="min-w-0 flex-1 whitespace-pre-wrap break-words py-1 font-mono text-sm pointer-coarse:py-2.5">
        {code}
      </pre>
      <CopyButton text={code} label={label} />
    </div>
  )
}
